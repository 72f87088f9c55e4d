//! What is worked out from the store and kept until the store changes: who is who, requests, spans of
//! access, findings. Whoever needs it asks for its type; the first to ask pays.

use crate::store::Store;
use std::{
    any::{Any, TypeId},
    cell::RefCell,
    collections::HashMap,
    rc::Rc,
};

/// Something that follows from the store alone.
pub trait Derive: Any + Sized {
    /// Works it out.
    fn derive(from: &Derived) -> Self;
}

/// What has been worked out, for one state of the store.
#[derive(Default)]
pub struct Memory {
    revision: (u64, usize, usize),
    known: RefCell<HashMap<TypeId, Rc<dyn Any>>>,
}

/// A store and what has been worked out from it.
#[derive(Clone, Copy)]
pub struct Derived<'a> {
    /// The store.
    pub store: &'a Store,
    memory: &'a Memory,
}

impl Memory {
    /// Forgets what another state of the store has led to.
    pub fn refresh(&mut self, store: &Store) {
        let revision = (store.revision(), store.entity_count(), store.sources.len());
        if self.revision != revision {
            *self = Self { revision, ..Self::default() };
        }
    }

    /// Takes what was worked out elsewhere, for the state of the store it was [refreshed](Memory::refresh) for.
    pub fn put<T: Any>(&self, known: Rc<T>) {
        self.known.borrow_mut().insert(TypeId::of::<T>(), known);
    }
}

impl<'a> Derived<'a> {
    /// A store with the memory that was [refreshed](Memory::refresh) for it.
    pub fn new(store: &'a Store, memory: &'a Memory) -> Self {
        Self { store, memory }
    }

    /// What a type says about the store, if that has been worked out already.
    pub fn known<T: Derive>(&self) -> Option<Rc<T>> {
        let known = self.memory.known.borrow().get(&TypeId::of::<T>()).cloned();
        known.and_then(|known| known.downcast::<T>().ok())
    }

    /// What a type says about the store.
    pub fn get<T: Derive>(&self) -> Rc<T> {
        if let Some(known) = self.known() {
            return known;
        }
        let new = Rc::new(T::derive(self));
        self.memory.known.borrow_mut().insert(TypeId::of::<T>(), new.clone());
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Half(usize);
    struct Whole(usize);

    impl Derive for Half {
        fn derive(from: &Derived) -> Self {
            Self(from.store.sources.len())
        }
    }
    impl Derive for Whole {
        fn derive(from: &Derived) -> Self {
            Self(from.get::<Half>().0 * 2)
        }
    }

    #[test]
    fn is_worked_out_once_and_again_after_a_change() {
        let (mut store, mut memory) = (Store::default(), Memory::default());
        memory.refresh(&store);
        let first = Derived::new(&store, &memory).get::<Whole>();
        memory.refresh(&store);
        assert!(Rc::ptr_eq(&first, &Derived::new(&store, &memory).get::<Whole>()));
        store.sources.push(crate::store::SourceInfo::default());
        memory.refresh(&store);
        assert_eq!((first.0, Derived::new(&store, &memory).get::<Whole>().0), (0, 2));
    }
}
