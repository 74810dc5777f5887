//! The strings.

use super::{
    ASSISTANT, ASSOCIATE, CO_PRINCIPAL, CONCERTMASTER, PRINCIPAL, SUBSTITUTE, Section, TUTTI,
    players, seat,
};

pub(super) const SECTIONS: &[Section] = &[
    players(
        "VIOLIN_1",
        "violin",
        &[
            seat("vornholt", "Liesbeth Vornholt", CONCERTMASTER, 2011),
            seat("wierzbowiak", "Tomasz Wierzbowiak", ASSOCIATE, 2006),
            seat("minegishi", "Haruka Minegishi", ASSISTANT, 2015),
            seat("aubertin", "Clémence Aubertin", TUTTI, 1999),
            seat("okechuku", "Nnamdi Okechuku", TUTTI, 2018),
            seat("fazekasi", "Dorottya Fazekasi", TUTTI, 2008),
            seat("qiu", "Xiaolan Qiu", TUTTI, 2013),
            seat("velimirov", "Petar Velimirov", TUTTI, 2003),
            seat("etxegarai", "Amaia Etxegarai", TUTTI, 2017).is("ON_LEAVE"),
            seat("hallbergsen", "Jonas Hallbergsen", TUTTI, 2020),
            seat("miclescu", "Ruxandra Miclescu", TUTTI, 2021),
            seat("brandauer-koll", "Sophie Brandauer-Koll", TUTTI, 2023),
        ],
    ),
    players(
        "VIOLIN_2",
        "violin",
        &[
            seat("peverati", "Gianluca Peverati", PRINCIPAL, 2007),
            seat("solheimsvik", "Ingrid Solheimsvik", CO_PRINCIPAL, 2014),
            seat("quintanar", "Rafael Quintanar", ASSISTANT, 2010),
            seat("malinczak", "Zofia Malińczak", TUTTI, 2001),
            seat("aksungur", "Emre Aksungur", TUTTI, 2016),
            seat("steinlechner", "Katharina Steinlechner", TUTTI, 1998),
            seat("hwangbo", "Mi-rae Hwangbo", TUTTI, 2019),
            seat("adebanke", "Oluwaseun Adebanke", TUTTI, 2022),
            seat("drahosova", "Veronika Drahošová", TUTTI, 2005),
            seat("ferrandiere", "Luc Ferrandière", TUTTI, 2012).is("ON_LEAVE"),
            seat("sargsyants", "Anahit Sargsyants", TUTTI, 2021),
            seat("markopoulidou", "Eleni Markopoulidou", SUBSTITUTE, 2024),
        ],
    ),
    players(
        "VIOLA",
        "viola",
        &[
            seat("torockoi", "Bence Torockói", PRINCIPAL, 2009),
            seat("aasgaarden", "Maren Aasgaarden", ASSOCIATE, 2013),
            seat("cimmaruta", "Salvatore Cimmaruta", ASSISTANT, 2004),
            seat("ilincic", "Teodora Ilinčić", TUTTI, 2010),
            seat("eberstaller", "Wolfram Eberstaller", TUTTI, 1997),
            seat("raghunandan", "Priya Raghunandan", TUTTI, 2018),
            seat("morvanec", "Célestine Morvanec", TUTTI, 2020),
            seat("onozato", "Daisuke Onozato", TUTTI, 2016),
            seat("lockwynd", "Freya Lockwynd", TUTTI, 2023),
        ],
    ),
    players(
        "CELLO",
        "cello",
        &[
            seat("haslwanger", "Friederike Haslwanger", PRINCIPAL, 2012),
            seat("vulcanescu", "Andrei Vulcănescu", CO_PRINCIPAL, 2008),
            seat("namgoong", "Hye-jin Namgoong", ASSISTANT, 2017),
            seat("goikolea", "Xabier Goikolea", TUTTI, 2002),
            seat("wrzosek", "Magdalena Wrzosek", TUTTI, 2011),
            seat("kirchschlagl", "Tobias Kirchschlagl", TUTTI, 1996),
            seat("carvalhosa", "Inês Carvalhosa", TUTTI, 2019),
            seat("petrosov", "Arman Petrosov", TUTTI, 2022),
            seat("irarrazar", "Tadeo Irarrázar", SUBSTITUTE, 2022).is("INACTIVE"),
        ],
    ),
    players(
        "DOUBLE_BASS",
        "double bass",
        &[
            seat("hrdlicny", "Vojtěch Hrdličný", PRINCIPAL, 2005),
            seat("trevidic", "Camille Trévidic", ASSOCIATE, 2015),
            seat("obermoser", "Stefan Obermoser", TUTTI, 2000),
            seat("mokhethi", "Lindiwe Mokhethi", TUTTI, 2018),
            seat("villalobar", "Diego Villalobar", TUTTI, 2010),
            seat("kettuharju", "Janne Kettuharju", TUTTI, 2021),
        ],
    ),
];
