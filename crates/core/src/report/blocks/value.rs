//! A value in a table or a list of facts, by what it is, so that each painter shows it its own way.

use serde::{Deserialize, Serialize};

/// How something stands; always said in a word as well.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// Neither good nor bad.
    #[default]
    Plain,
    /// As it should be.
    Good,
    /// To be looked at.
    Attention,
    /// To be acted on.
    Serious,
    /// Not known.
    Unknown,
}

/// A value. Text that comes from a file is in [`Value::Text`], [`Value::Name`], [`Value::Person`],
/// [`Value::Id`], [`Value::List`] and [`Value::Raw`]; [`Value::State`] and [`Value::Said`] hold the
/// product's and Microsoft's own words only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    /// Unknown, with the reason: shown as "-".
    None(String),
    /// A text of a file.
    Text(String),
    /// The name of a thing, for example a group or a package.
    Name(String),
    /// A person or application: display name, then user principal name or address.
    Person {
        /// Display name; may be empty.
        name: String,
        /// User principal name, e-mail address or, failing those, id.
        address: String,
    },
    /// An id, shortened in the middle.
    Id(String),
    /// A count.
    Number(u64),
    /// A share, in tenths of a percent.
    Share(u32),
    /// A moment, ticks.
    Time(i64),
    /// A day, ticks of its beginning.
    Day(i64),
    /// A length of time, ticks.
    Duration(i64),
    /// Whole days.
    Days(i64),
    /// A state in Microsoft's word or the product's.
    State {
        /// The word.
        word: String,
        /// How it stands.
        tone: Tone,
    },
    /// Words of the product.
    Said(String),
    /// Several texts of files; shown as the first and how many more.
    List(Vec<String>),
    /// JSON or other text as the file has it, in a fixed-width face.
    Raw(String),
}

/// A place among the values of a sorted column, see [`Value::order`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Order {
    /// Not known.
    Unknown,
    /// A number, a moment, a length of time.
    Number(i64),
    /// A text in lower case.
    Text(String),
}

impl Value {
    /// A state.
    pub fn state(word: impl Into<String>, tone: Tone) -> Self {
        Self::State { word: word.into(), tone }
    }

    /// Unknown, because.
    pub fn none(why: impl Into<String>) -> Self {
        Self::None(why.into())
    }

    /// A text of a file, or unknown if it is empty.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::none("The files have no value here") } else { Self::Text(text) }
    }

    /// A moment, or unknown because.
    pub fn time(ticks: Option<i64>, why: &str) -> Self {
        ticks.map_or_else(|| Self::none(why), Self::Time)
    }

    /// The text that a search looks into; empty for numbers and times.
    pub fn words(&self) -> String {
        match self {
            Self::Text(text) | Self::Name(text) | Self::Id(text) | Self::Said(text) | Self::Raw(text) => text.clone(),
            Self::Person { name, address } => format!("{name} {address}"),
            Self::State { word, .. } => word.clone(),
            Self::List(texts) => texts.join(" "),
            _ => String::new(),
        }
    }

    fn number(&self) -> Option<i64> {
        match self {
            Self::Number(number) => i64::try_from(*number).ok(),
            Self::Share(share) => Some((*share).into()),
            Self::Time(ticks) | Self::Day(ticks) | Self::Duration(ticks) | Self::Days(ticks) => Some(*ticks),
            Self::List(texts) => i64::try_from(texts.len()).ok(),
            _ => None,
        }
    }

    /// What orders a sorted column: unknown values first, then numbers and times, then texts, letter case
    /// aside.
    pub fn order(&self) -> Order {
        match (self, self.number()) {
            (Self::None(_), _) => Order::Unknown,
            (_, Some(number)) => Order::Number(number),
            (_, None) => Order::Text(self.words().to_lowercase()),
        }
    }
}
