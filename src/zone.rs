//! The reader's zone, and times as `datetime-local` inputs write them.

use guestlens_core::time::{self, MINUTE, Zone};

/// `2026-06-02T08:30:15` in the zone, as the value of an input.
pub fn to_input(ticks: i64, zone: &Zone) -> String {
    time::iso(ticks + zone.offset(ticks)).get(..19).map(str::to_owned).unwrap_or_default()
}

/// Reads the value of an input; seconds may be missing.
pub fn from_input(text: &str, zone: &Zone) -> Option<i64> {
    let (date, clock) = text.split_once('T')?;
    let numbers = |text: &str, separator: char| -> Option<Vec<u32>> {
        text.split(separator).map(|part| part.parse().ok()).collect()
    };
    let (date, clock) = (numbers(date, '-')?, numbers(clock.split('.').next()?, ':')?);
    let &[year, month, day] = &date[..] else { return None };
    let (&hour, &minute) = (clock.first()?, clock.get(1)?);
    let second = clock.get(2).copied().unwrap_or(0);
    // Years on the way to being typed are no years.
    let local = (year >= 1900).then(|| time::from_calendar(year as i32, month, day, hour, minute, second))??;
    Some(zone.to_utc(local))
}

/// The zone of the reader's computer, with all changes of its clock from 1990 to 2045.
pub fn local() -> Zone {
    let offset = |ticks: i64| -> i32 {
        let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64((ticks / 10_000) as f64));
        -(date.get_timezone_offset().round() as i32)
    };
    let year = |year| time::from_calendar(year, 1, 1, 0, 0, 0).unwrap_or_default();
    Zone { name: local_name(), offsets: changes(year(1990), year(2045), offset), ..Zone::default() }
}

/// When the offset changes, to the minute.
fn changes(from: i64, to: i64, offset: impl Fn(i64) -> i32) -> Vec<(i64, i32)> {
    let step = 7 * time::DAY;
    let mut list = vec![(i64::MIN, offset(from))];
    let mut at = from;
    while at < to {
        let (mut before, mut after) = (at, at + step);
        let (old, new) = (offset(before), offset(after));
        if old != new {
            while after - before > MINUTE {
                let middle = before + (after - before) / (2 * MINUTE) * MINUTE;
                if offset(middle) == old { before = middle } else { after = middle }
            }
            list.push((after, new));
        }
        at += step;
    }
    list
}

/// `Europe/Berlin`, or `local time` where the browser does not say.
fn local_name() -> String {
    let options = js_sys::Intl::DateTimeFormat::new(&js_sys::Array::new(), &js_sys::Object::new()).resolved_options();
    let text = js_sys::JSON::stringify(&options).ok().and_then(|text| text.as_string());
    let value: Option<serde_json::Value> = text.and_then(|text| serde_json::from_str(&text).ok());
    let name = value.and_then(|value| Some(value.get("timeZone")?.as_str()?.to_owned()));
    name.unwrap_or_else(|| "local time".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn berlin(ticks: i64) -> i32 {
        let (_, month, day) = time::calendar(ticks + time::HOUR);
        let summer = (month, day) >= (3, 29) && (month, day) < (10, 25);
        if summer { 120 } else { 60 }
    }

    #[test]
    fn finds_the_changes_of_the_clock() {
        let year = |year| time::from_calendar(year, 1, 1, 0, 0, 0).unwrap();
        let list = changes(year(2026), year(2027), berlin);
        assert_eq!(list.iter().map(|change| change.1).collect::<Vec<_>>(), [60, 120, 60]);
        assert_eq!(time::iso(list[1].0), "2026-03-28T23:00:00Z");
    }

    #[test]
    fn writes_and_reads_inputs() {
        let zone = Zone { name: "x".into(), offsets: vec![(i64::MIN, 120)], ..Zone::default() };
        let ticks = time::from_calendar(2026, 6, 2, 6, 30, 15).unwrap();
        assert_eq!(to_input(ticks, &zone), "2026-06-02T08:30:15");
        assert_eq!(from_input("2026-06-02T08:30:15", &zone), Some(ticks));
        assert_eq!(from_input("2026-06-02T08:30", &zone), Some(ticks - 15 * time::SECOND));
        assert_eq!(from_input("0020-06-02T08:30", &zone), None);
        assert_eq!(from_input("", &zone), None);
    }
}
