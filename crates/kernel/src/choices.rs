//! Closed enumerations that are written in `UPPER_SNAKE_CASE`.

/// Declares an enumeration with its names on the wire.
///
/// The type gets `ALL` (every choice, in the order of declaration, which is also its `Ord`),
/// `as_str`, `Display`, and [`FromText`](crate::field::FromText), whose refusal lists the choices.
#[macro_export]
macro_rules! choices {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$choice_meta:meta])* $choice:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $name {
            $($(#[$choice_meta])* #[doc = concat!("`", $text, "`")] $choice),+
        }

        impl $name {
            /// Every choice, in the order of declaration.
            $vis const ALL: &'static [Self] = &[$(Self::$choice),+];

            /// The name on the wire and in the database.
            $vis const fn as_str(self) -> &'static str {
                match self { $(Self::$choice => $text),+ }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::field::FromText for $name {
            fn from_text(text: &str) -> ::std::result::Result<Self, $crate::field::Invalid> {
                match text {
                    $($text => Ok(Self::$choice),)+
                    _ => Err($crate::field::Invalid::not_one_of(Self::ALL)),
                }
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use crate::field::FromText;

    choices! {
        /// A test's own enumeration.
        pub(crate) enum Tempo { Slow = "SLOW", VeryFast = "VERY_FAST" }
    }

    #[test]
    fn every_choice_reads_as_it_is_written() {
        for tempo in Tempo::ALL {
            assert_eq!(Tempo::from_text(&tempo.to_string()), Ok(*tempo));
        }
    }

    #[test]
    fn an_unknown_choice_is_refused_with_the_list() {
        let refusal = Tempo::from_text("slow").unwrap_err();
        assert_eq!(refusal.to_string(), "must be one of SLOW, VERY_FAST");
    }
}
