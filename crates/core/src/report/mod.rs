//! What is shown, as plain data: the screen, print and every export are painters of it.

pub mod blocks;
pub mod details;

pub use blocks::{
    Bar, BarList, Bin, Block, Cell, Door, Facet, FacetValue, Group, Groups, Heatmap, Report, Row, Rows, Series, Stat,
    TimeSeries,
};
pub use details::{DetailField, DetailSection, Details, Line};
