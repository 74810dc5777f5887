//! What is known of a member.

use org_kernel::choices;
use org_kernel::field::Fields;
use org_kernel::id::kind;
use org_kernel::text::Line;
use time::Date;

use crate::contacts::Email;
use crate::query::searchable;
use crate::record::Facts;

choices! {
    /// What a member does.
    pub enum MemberRole {
        Conductor = "CONDUCTOR",
        Concertmaster = "CONCERTMASTER",
        Principal = "PRINCIPAL",
        CoPrincipal = "CO_PRINCIPAL",
        AssociatePrincipal = "ASSOCIATE_PRINCIPAL",
        AssistantPrincipal = "ASSISTANT_PRINCIPAL",
        Tutti = "TUTTI",
        Substitute = "SUBSTITUTE",
        Extra = "EXTRA",
        Librarian = "LIBRARIAN",
        PersonnelManager = "PERSONNEL_MANAGER",
        StageManager = "STAGE_MANAGER",
        Staff = "STAFF",
    }
}

choices! {
    /// Where a member belongs, in score order.
    pub enum Section {
        Violin1 = "VIOLIN_1",
        Violin2 = "VIOLIN_2",
        Viola = "VIOLA",
        Cello = "CELLO",
        DoubleBass = "DOUBLE_BASS",
        Flute = "FLUTE",
        Oboe = "OBOE",
        Clarinet = "CLARINET",
        Saxophone = "SAXOPHONE",
        Bassoon = "BASSOON",
        Horn = "HORN",
        Trumpet = "TRUMPET",
        Trombone = "TROMBONE",
        Tuba = "TUBA",
        Timpani = "TIMPANI",
        Percussion = "PERCUSSION",
        Harp = "HARP",
        Keyboard = "KEYBOARD",
        Chorus = "CHORUS",
        Staff = "STAFF",
        Library = "LIBRARY",
        Stage = "STAGE",
    }
}

choices! {
    /// Whether a member plays at present.
    pub enum MemberStatus {
        Active = "ACTIVE",
        OnLeave = "ON_LEAVE",
        Inactive = "INACTIVE",
        Alumni = "ALUMNI",
    }
}

/// One membership, as everybody in the organization may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The member's name.
    pub name: Line<200>,
    /// What they do.
    pub role: MemberRole,
    /// Where they belong.
    pub section: Option<Section>,
    /// Their chair within the section, from 1.
    pub chair: Option<i32>,
    /// What they play.
    pub instrument: Option<Line<120>>,
    /// Whether they play at present.
    pub status: MemberStatus,
    /// Since when they belong to the orchestra.
    pub joined_on: Option<Date>,
}

impl Member {
    /// What a search in the roster looks at, folded.
    pub fn search_text(&self) -> String {
        searchable([
            Some(self.name.as_str()),
            self.section.map(Section::as_str),
            self.instrument.as_ref().map(Line::as_str),
        ])
    }

    fn read(fields: &mut Fields) -> Option<Self> {
        let name = fields.required("name");
        let role = fields.required("role");
        let section = fields.optional("section");
        let chair = fields.integer("chair", 1..=1000);
        let instrument = fields.optional("instrument");
        let status = fields.optional("status").unwrap_or(MemberStatus::Active);
        let joined_on = fields.optional("joinedOn");
        let (name, role) = (name?, role?);
        Some(Self {
            name,
            role,
            section,
            chair,
            instrument,
            status,
            joined_on,
        })
    }
}

impl Facts for Member {
    type Kind = kind::Member;
}

/// A membership with what is kept to itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberFile {
    /// What everybody may see.
    pub member: Member,
    /// The member's address; it never leaves.
    pub email: Option<Email>,
}

impl MemberFile {
    /// Reads the fields of a member, `ACTIVE` unless they say otherwise.
    pub(crate) fn read(fields: &mut Fields) -> Option<Self> {
        let member = Member::read(fields);
        let email = fields.optional("email");
        Some(Self {
            member: member?,
            email,
        })
    }
}

impl Facts for MemberFile {
    type Kind = kind::Member;
}
