//! Access as the views show it: assignments, access between dates, separation of duties, organizations,
//! application roles.

#[path = "access/ask.rs"]
mod ask;
#[path = "access/bodies.rs"]
mod bodies;
#[path = "access/order.rs"]
mod order;
#[path = "access/own_case.rs"]
mod own_case;
#[path = "access/sample.rs"]
mod sample;
#[path = "access/worked_case.rs"]
mod worked_case;
