//! What the members of Graph's objects are, v1.0 and beta alike; keys in lower case.

pub(super) mod reviews;
pub(super) mod subjects;
pub(super) mod things;

use crate::model::{Attribute, EntityKind, List};

/// What is done with a member.
#[derive(Clone, Copy)]
pub(super) enum Act {
    /// The value of an attribute.
    Put(Attribute),
    /// An attribute from a type's name.
    Type(Attribute),
    /// An object whose members are attributes of the same row.
    Into(Table),
    /// An array of such objects.
    Each(Table),
    /// An object that is a row of its own; its attributes that are also the outer row's.
    Row(EntityKind, Table, Links),
    /// An array of such objects; the outer row's attributes that are also theirs.
    Rows(EntityKind, Table, Links),
    /// Values of a list.
    List(List),
    /// Nothing that is kept.
    Skip,
    /// Kept as an extra.
    Keep,
}

/// The members of an object.
pub(super) type Table = fn(&[u8]) -> Act;
/// Pairs of attributes, from and to.
pub(super) type Links = &'static [(Attribute, Attribute)];

/// Members that most objects have.
fn common(key: &[u8]) -> Act {
    use Attribute as A;
    match key {
        b"id" => Act::Put(A::Id),
        b"displayname" => Act::Put(A::Name),
        b"description" => Act::Put(A::Description),
        b"createddatetime" => Act::Put(A::Created),
        b"modifieddatetime" | b"lastmodifieddatetime" => Act::Put(A::Modified),
        b"createdby" => Act::Put(A::CreatedBy),
        b"modifiedby" => Act::Put(A::ModifiedBy),
        b"@odata.type" | b"odata.type" | b"@odata.context" => Act::Skip,
        _ => Act::Keep,
    }
}
