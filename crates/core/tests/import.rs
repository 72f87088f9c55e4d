//! Files through the importers, as the browser would give them: whole, byte by byte and in between.

use guestlens_core::{
    import::Import,
    store::{SourceInfo, Store},
};

/// Reads one file in pushes of the sizes given, over and over.
fn load(bytes: &[u8], sizes: &[usize]) -> Store {
    let mut store = Store::default();
    store.sources.push(SourceInfo { size: bytes.len() as u64, ..SourceInfo::default() });
    let mut import = Import::new(0);
    let (mut at, mut sizes) = (0, sizes.iter().cycle());
    while at < bytes.len() {
        let end = (at + sizes.next().copied().unwrap_or(usize::MAX).max(1)).min(bytes.len());
        import.push(&bytes[at..end], &mut store);
        at = end;
    }
    import.finish(&mut store);
    store
}

#[test]
fn portal_csv_and_graph_json_load() {
    let csv = "\u{feff}\"Date (UTC)\",\"CorrelationId\",\"Service\",\"Category\",\"Activity\",\"Result\",\"Target1Type\",\"Target1DisplayName\"\r\n\
        2026-06-01T09:00:00+00:00,c1,Core Directory,UserManagement,Add user,Success,User,Dana\r\n";
    let store = load(csv.as_bytes(), &[7]);
    assert_eq!(store.sources[0].format, "portal-csv");
    assert_eq!((store.sources[0].events, store.sources[0].records), (1, 1));
    for json in [
        r#"[{"id":"1","activityDisplayName":"Add user","activityDateTime":"2026-06-01T09:00:00Z"}]"#,
        r#"{"value":[{"id":"1","activityDisplayName":"Add user","activityDateTime":"2026-06-01T09:00:00Z"}]}"#,
        r#"{"id":"1","activityDisplayName":"Add user","activityDateTime":"2026-06-01T09:00:00Z"}"#,
    ] {
        for size in [1, 10, 1000] {
            let store = load(json.as_bytes(), &[size]);
            assert_eq!(store.sources[0].format, "graph-json");
            assert_eq!(
                (store.sources[0].events, store.sources[0].records),
                (1, 1),
                "{json} {:?}",
                store.problems.list()
            );
        }
    }
}
