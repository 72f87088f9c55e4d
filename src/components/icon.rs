//! All icons, drawn on a grid of 16 with a line of the text's colour. They never stand alone: the
//! control says in words what it does.

use yew::prelude::*;

/// Which icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "named after what they show")]
pub enum Glyph {
    Overview,
    Events,
    Groups,
    Sources,
    Shield,
    Help,
    System,
    Light,
    Dark,
    Clock,
    Rail,
    Menu,
    Search,
    Filter,
    Undo,
    Redo,
    Export,
    Add,
    Close,
    Minus,
    Check,
    Warning,
    Serious,
    Unknown,
    Chevron,
    ChevronDown,
    Guest,
    File,
    Folder,
    Print,
    Copy,
    Table,
    Chart,
    Sort,
    Previous,
    Next,
    Columns,
    Finding,
    Asleep,
    Sponsor,
    Review,
    Compare,
    Request,
    Package,
    Key,
    Between,
    Separation,
    Organization,
    App,
    Customer,
    Coverage,
    Info,
    Door,
}

impl Glyph {
    fn path(self) -> &'static str {
        match self {
            Self::Overview => "M2.5 13.5v-5M6.2 13.5v-11M9.8 13.5V7M13.5 13.5v-8",
            Self::Events => "M2 3.5h12M2 8h12M2 12.5h12",
            Self::Groups => "M2 2.5h5v4H2zM9.5 4.5H14M2 9.5h5v4H2zM9.5 11.5H14",
            Self::Sources | Self::File => "M4 1.5h5l3.5 3.5v9.5H4zM9 1.5V5h3.5",
            Self::Shield => "M8 1.5l5.5 2v4c0 3.3-2.2 5.7-5.5 7-3.3-1.3-5.5-3.7-5.5-7v-4zM5.5 8l1.8 1.8L10.7 6.3",
            Self::Help => {
                "M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM6.2 6.2c.2-1 .9-1.5 1.8-1.5 1.1 0 1.9.7 1.9 1.7 0 1.5-1.9 1.5-1.9 2.9M8 11.2v.3"
            }
            Self::System => "M1.5 2.5h13v8.5h-13zM5.5 14h5M8 11v3",
            Self::Light => {
                "M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1"
            }
            Self::Dark => "M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7z",
            Self::Clock => "M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM8 4.5V8l2.5 1.5",
            Self::Rail => "M1.5 2.5h13v11h-13zM5.5 2.5v11",
            Self::Menu => "M2 4h12M2 8h12M2 12h12",
            Self::Search => "M7 12a5 5 0 1 0 0-10 5 5 0 0 0 0 10zM10.6 10.6 14.5 14.5",
            Self::Filter => "M2 3h12l-4.5 5.5v5l-3-1.5V8.5z",
            Self::Undo => "M5.5 3 2.5 6l3 3M2.5 6H10a3.5 3.5 0 0 1 0 7H6",
            Self::Redo => "M10.5 3l3 3-3 3M13.5 6H6a3.5 3.5 0 0 0 0 7h4",
            Self::Export => "M8 1.5v8.5M4.5 6.5 8 10l3.5-3.5M2.5 11v3h11v-3",
            Self::Add => "M8 2.5v11M2.5 8h11",
            Self::Close => "M3.5 3.5l9 9M12.5 3.5l-9 9",
            Self::Minus => "M3 8h10",
            Self::Check => "M2.5 8.5 6 12l7.5-8",
            Self::Warning => "M8 2 15 14H1zM8 6.5v3.5M8 12v.3",
            Self::Serious => "M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3zM8 4.5v4.5M8 11.2v.3",
            Self::Unknown => "M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM4.5 8h7",
            Self::Chevron | Self::Next => "M6 3.5 10.5 8 6 12.5",
            Self::ChevronDown => "M3.5 6 8 10.5 12.5 6",
            Self::Guest => {
                "M7 7.5a2.8 2.8 0 1 0 0-5.5 2.8 2.8 0 0 0 0 5.5zM2 14c0-2.8 2-4.5 5-4.5 1 0 1.9.2 2.6.6M10 13h5M13 11l2 2-2 2"
            }
            Self::Folder => "M1.5 3h4.5l1.5 2h7v8.5h-13z",
            Self::Print => "M4.5 6V1.5h7V6M4.5 11.5h-3V6h13v5.5h-3M4.5 9.5h7v5h-7z",
            Self::Copy => "M5.5 5.5h8v9h-8zM10.5 5.5v-4h-8v9h3",
            Self::Table => "M1.5 2.5h13v11h-13zM1.5 6.2h13M1.5 9.8h13M6 2.5v11",
            Self::Chart => "M2 2v12h12M5 11V8M8 11V4.5M11 11V6.5",
            Self::Sort => "M4.5 2.5v11M2 11l2.5 2.5L7 11M11.5 13.5v-11M9 5l2.5-2.5L14 5",
            Self::Previous => "M10 3.5 5.5 8l4.5 4.5",
            Self::Finding => "M4 14.5v-13M4 2.5h8.5l-2 3 2 3H4",
            Self::Asleep => "M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7zM9.5 2.5h4l-4 4h4",
            Self::Sponsor => {
                "M8 7a2.7 2.7 0 1 0 0-5.4A2.7 2.7 0 0 0 8 7zM2.5 14.5c0-3 2.2-5 5.5-5s5.5 2 5.5 5M6 13l2 1.5 2.5-3"
            }
            Self::Review => "M4 2.5H2.5v12h11v-12H12M5.5 1.5h5v2.5h-5zM5 9.5l2 2 4-4",
            Self::Compare => "M2 2.5h4.5v11H2zM9.5 2.5H14v11H9.5M8 1v14",
            Self::Request => "M2 8.5v5h12v-5M2 8.5l2-6h8l2 6M2 8.5h3.5l1 2h3l1-2H14",
            Self::Package => "M8 1.5 14 4.5v7l-6 3-6-3v-7zM2 4.5l6 3 6-3M8 7.5v7",
            Self::Key => "M5 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM8.5 8h6v3M11.5 8v2",
            Self::Between => "M2.5 2.5v11M13.5 2.5v11M2.5 8h11M5 5.5 2.5 8 5 10.5M11 5.5 13.5 8 11 10.5",
            Self::Separation => "M6 10.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM10 13.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8z",
            Self::Organization => "M2.5 14.5v-12h7v12M9.5 6.5h4v8M1.5 14.5h13M5 5.5h2M5 8.5h2M5 11.5h2",
            Self::App => "M2 2h5v5H2zM9 2h5v5H9zM2 9h5v5H2zM11.5 9v5M9 11.5h5",
            Self::Customer => "M8 8a2.8 2.8 0 1 0 0-5.6A2.8 2.8 0 0 0 8 8zM3 14c.4-2.4 2.3-4 5-4s4.6 1.6 5 4",
            Self::Coverage => "M2 4h6M10 4h4M2 8h3M7 8h7M2 12h9M13 12h1",
            Self::Info => "M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM8 7.3v4M8 4.7v.3",
            Self::Door => "M3 8h9.5M8.5 4l4 4-4 4",
            Self::Columns => "M1.5 2.5h13v11h-13zM6 2.5v11M10.5 2.5v11",
        }
    }
}

/// An icon, silent for a screen reader.
pub fn icon(glyph: Glyph) -> Html {
    html! {
        <svg class="icon" width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor"
            stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
            <path d={glyph.path()} />
        </svg>
    }
}
