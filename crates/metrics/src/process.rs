//! The process itself: what it is, and what it takes of its machine.

use prometheus::{Error, IntGaugeVec, Opts, Registry};

pub(crate) fn register(registry: &Registry, version: &str) -> Result<(), Error> {
    let opts = Opts::new(
        "org_api_build_info",
        "Always 1; the label says which version runs.",
    );
    let info = IntGaugeVec::new(opts, &["version"])?;
    info.with_label_values(&[version]).set(1);
    registry.register(Box::new(info))?;
    #[cfg(target_os = "linux")]
    {
        let process = prometheus::process_collector::ProcessCollector::for_self();
        registry.register(Box::new(process))?;
    }
    Ok(())
}
