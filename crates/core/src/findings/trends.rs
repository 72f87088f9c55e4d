//! Trends that can be followed with a finger: volumes against the same weekday of earlier weeks, and what
//! was seen for the first time.
