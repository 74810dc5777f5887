//! Whose word is taken for who a receiver is.

use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};

/// Root certificates.
#[derive(Clone, Debug)]
pub struct Roots(RootCertStore);

/// Why certificates could not be taken in.
#[derive(Debug, thiserror::Error)]
pub enum RootsError {
    /// The file is not PEM.
    #[error("the certificates do not read: {0}")]
    NotPem(#[from] rustls::pki_types::pem::Error),
    /// One of them is none.
    #[error("a certificate does not read: {0}")]
    NotACertificate(#[from] rustls::Error),
    /// There is none in it.
    #[error("there is no certificate in it")]
    Empty,
}

impl Roots {
    /// None at all.
    pub fn none() -> Self {
        Self(RootCertStore::empty())
    }

    /// Those of the system, or of `SSL_CERT_FILE` and `SSL_CERT_DIR` where these are set. What cannot be
    /// read is left out, with a line in the log; a system may have none.
    pub fn system() -> Self {
        let found = rustls_native_certs::load_native_certs();
        for error in &found.errors {
            tracing::warn!(%error, "root certificates were left out");
        }
        let mut store = RootCertStore::empty();
        let (_, ignored) = store.add_parsable_certificates(found.certs);
        if ignored > 0 {
            tracing::warn!(ignored, "root certificates were left out: they do not read");
        }
        Self(store)
    }

    /// These and those of a PEM file, which holds one certificate or more.
    pub fn with_pem(mut self, pem: &[u8]) -> Result<Self, RootsError> {
        let before = self.0.len();
        for certificate in CertificateDer::pem_slice_iter(pem) {
            self.0.add(certificate?)?;
        }
        if self.0.len() == before {
            return Err(RootsError::Empty);
        }
        Ok(self)
    }

    /// Whether there are none, so that no TLS connection can come about.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// TLS 1.2 and 1.3 by the rules of these roots, on ring. The provider is given by name, because the
    /// one of the process is whatever was installed first, if any.
    pub fn into_tls(self) -> Result<ClientConfig, rustls::Error> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_root_certificates(self.0)
            .with_no_client_auth();
        tls.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(tls)
    }
}
