//! Access as the views show it: assignments, access between dates, separation of duties, organizations,
//! application roles.

#[path = "access/ask.rs"]
mod ask;
#[path = "access/worked_case.rs"]
mod worked_case;
