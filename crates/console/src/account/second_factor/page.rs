//! The pages of a second factor.

use askama::Template;
use org_auth::second_factor::Enrolment;
use qrcode::QrCode;
use qrcode::render::svg;
use qrcode::types::QrError;

use crate::filters;
use crate::form::Form;
use crate::frame::Frame;

#[derive(Template)]
#[template(path = "account/second_factor.html")]
pub(super) struct Factor {
    pub(super) frame: Frame,
    pub(super) form: Form,
    pub(super) can_be_switched_on: bool,
    /// How many recovery codes are left; none while it is off.
    pub(super) codes_left: Option<u32>,
}

#[derive(Template)]
#[template(path = "account/confirm.html")]
pub(super) struct Confirm {
    frame: Frame,
    form: Form,
    secret: String,
    url: String,
    picture: String,
}

impl Confirm {
    pub(super) fn new(frame: Frame, form: Form, enrolment: &Enrolment) -> Result<Self, QrError> {
        Ok(Self {
            frame,
            form,
            secret: enrolment.secret().to_owned(),
            url: enrolment.url().to_owned(),
            picture: picture(enrolment.url())?,
        })
    }
}

/// The picture that apps read, with attributes alone, black on white in light and in dark.
fn picture(text: &str) -> Result<String, QrError> {
    let drawn = QrCode::new(text)?
        .render::<svg::Color<'_>>()
        .min_dimensions(200, 200)
        .build();
    let start = drawn.find("<svg").unwrap_or_default();
    let labelled =
        r#"<svg role="img" aria-label="The secret as a QR code; it stands beside as text""#;
    Ok(drawn[start..].replacen("<svg", labelled, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_needs_no_style() {
        let drawn = picture("otpauth://totp/x?secret=AAAA").expect("a picture");
        assert!(drawn.starts_with("<svg role=\"img\""), "{drawn:.80}");
        assert!(!drawn.contains("style"), "{drawn}");
    }
}
