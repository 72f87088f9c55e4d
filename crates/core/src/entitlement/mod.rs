//! Access packages: requests for them and what became of these; who has been given what: packages and what
//! they hold, groups, application roles, directory roles, connected organizations. Facts only; views
//! arrange them.

pub mod access;
pub mod b2c;
pub mod grants;
pub mod organizations;
pub mod policies;
mod pool;
pub mod requests;

pub use pool::Pool;

/// The application that entitlement management changes the directory with.
/// Source: Azure Monitor workbook "Application role assignment activity", parameter "From entitlements?".
pub const MANAGER: &str = "Azure AD Identity Governance - User Management";
