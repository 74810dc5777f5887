//! `org-api upgrade`: the embedded database under a later PostgreSQL.

use serde_json::json;

use crate::failure::Failure;
use crate::output::Output;
use crate::settings::Settings;

pub(super) fn run(settings: &Settings, output: Output) -> Result<(), Failure> {
    if settings.database_url.is_some() {
        return Err(Failure::Usage(
            "`upgrade` is for the embedded database, and a setting names another".to_owned(),
        ));
    }
    let cluster = org_embedded_postgres::Settings::new(&settings.data_dir);
    let done = org_embedded_postgres::upgrade(&cluster)?;
    let kept = done.old_data.display().to_string();
    let answer = json!({ "from": done.from, "to": done.to, "oldData": kept });
    output.show(&answer, |_| {
        let (from, to) = (done.from, done.to);
        format!("the database is PostgreSQL {to}'s now; that of PostgreSQL {from} is kept in {kept}, until you remove it")
    })
}
