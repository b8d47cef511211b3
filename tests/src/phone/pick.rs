//! Reads what is typed at the command line: names of hamlets, keys of fixed lists, clocks, positions, marks of topics.

use chrono::DateTime;
use fieldbook_ffi::calendar_day::CalendarDay;
use fieldbook_ffi::clock::Clock;
use fieldbook_ffi::drafts::{HamletChoice, TopicChoice};
use fieldbook_ffi::entry::{PositionFix, TopicEntry};
use fieldbook_ffi::today::MyPost;
use fieldbook_ffi::words::TopicMark;
use fieldbook_model::day::Day;
use fieldbook_model::text;

/// What was typed cannot be read; says how it is written.
pub type Typed<T> = Result<T, String>;

/// A moment at which the clock stands, or seconds it is fast or slow.
pub fn clock(typed: Option<&str>) -> Typed<Clock> {
    let Some(typed) = typed else {
        return Ok(Clock::System);
    };
    if let Ok(by) = typed.parse::<i64>() {
        return Ok(Clock::Off(by));
    }
    let moment = DateTime::parse_from_rfc3339(typed);
    moment
        .map(|at| Clock::Stopped(at.timestamp()))
        .map_err(|_| format!("\"{typed}\" không phải thời điểm; ví dụ 2026-11-22T09:00:00+07:00 hoặc +3600"))
}

/// A key of a fixed list.
pub fn key<T>(typed: &str, from_key: impl Fn(&str) -> Option<T>) -> Typed<T> {
    from_key(typed).ok_or_else(|| format!("không có lựa chọn \"{typed}\""))
}

/// The hamlet with this id or name; without either, the only one there is.
pub fn hamlet(typed: Option<&str>, choices: &[HamletChoice]) -> Typed<String> {
    let Some(typed) = typed else {
        let mut own = choices.iter().filter(|choice| choice.own);
        return match (own.next(), own.next(), choices) {
            (Some(only), None, _) => Ok(only.id.clone()),
            (None, _, [only]) => Ok(only.id.clone()),
            _ => Err(format!("chọn địa bàn bằng --unit: {}", names(choices))),
        };
    };
    if let Some(choice) = choices.iter().find(|choice| choice.id == typed) {
        return Ok(choice.id.clone());
    }
    let wanted = text::fold(typed);
    let exact: Vec<_> = choices.iter().filter(|choice| text::fold(&choice.name) == wanted).collect();
    let near: Vec<_> = choices.iter().filter(|choice| text::fold(&choice.name).contains(&wanted)).collect();
    match (exact.as_slice(), near.as_slice()) {
        ([only], _) | ([], [only]) => Ok(only.id.clone()),
        _ => Err(format!("\"{typed}\" không chỉ rõ một địa bàn: {}", names(choices))),
    }
}

/// The post with this title or id.
pub fn post(typed: &str, posts: &[MyPost]) -> Typed<String> {
    let wanted = text::fold(typed);
    let found = posts.iter().find(|post| post.id == typed || text::fold(&post.title) == wanted);
    let titles = || posts.iter().map(|post| post.title.as_str()).collect::<Vec<_>>().join(", ");
    found.map(|post| post.id.clone()).ok_or_else(|| format!("không có chức danh \"{typed}\" cho việc này: {}", titles()))
}

/// `2=done:Đã họp dân`, the topic by number from 1 or by id.
pub fn topic(typed: &str, choices: &[TopicChoice]) -> Typed<TopicEntry> {
    let wrong = || format!("\"{typed}\" viết như 2=done:nhận xét; có {} nội dung", choices.len());
    let (which, rest) = typed.split_once('=').ok_or_else(wrong)?;
    let (mark, remark) = rest.split_once(':').unwrap_or((rest, ""));
    let by_number = which.parse::<usize>().ok().and_then(|number| choices.get(number.checked_sub(1)?));
    let choice = by_number.or_else(|| choices.iter().find(|choice| choice.id == which)).ok_or_else(wrong)?;
    let mark = TopicMark::from_key(mark).ok_or_else(wrong)?;
    Ok(TopicEntry { topic_id: choice.id.clone(), mark: Some(mark), remark: remark.trim().to_owned() })
}

/// `latitude,longitude,metres`.
pub fn fix(typed: &str) -> Typed<PositionFix> {
    let wrong = || format!("\"{typed}\" viết như 10.35,106.36,15 (vĩ độ, kinh độ, sai số mét)");
    let parts: Vec<&str> = typed.split(',').map(str::trim).collect();
    let [latitude, longitude, accuracy] = parts.as_slice() else {
        return Err(wrong());
    };
    Ok(PositionFix {
        latitude: latitude.parse().map_err(|_| wrong())?,
        longitude: longitude.parse().map_err(|_| wrong())?,
        accuracy_m: accuracy.parse().map_err(|_| wrong())?,
        approximate: false,
        mock: false,
        pinned: false,
    })
}

/// `22/11/2026`.
pub fn day(typed: &str) -> Typed<CalendarDay> {
    text::parse_date(typed)
        .map(|date| CalendarDay::from(Day::from(date)))
        .map_err(|_| format!("\"{typed}\" không phải ngày; viết 22/11/2026"))
}

/// `y,n,n`, also `c,k` (có, không).
pub fn answers(typed: &str) -> Typed<Vec<bool>> {
    let answer = |word: &str| match word.trim() {
        "y" | "yes" | "c" | "co" | "có" => Ok(true),
        "n" | "no" | "k" | "khong" | "không" => Ok(false),
        other => Err(format!("\"{other}\" không phải câu trả lời; viết y hoặc n")),
    };
    typed.split(',').filter(|word| !word.trim().is_empty()).map(answer).collect()
}

fn names(choices: &[HamletChoice]) -> String {
    choices.iter().map(|choice| choice.name.as_str()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn choice(id: &str, name: &str, own: bool) -> HamletChoice {
        HamletChoice { id: id.into(), name: name.into(), commune: "xã An Nhơn".into(), own }
    }

    #[test]
    fn a_hamlet_is_found_without_marks_and_a_vague_name_is_refused() {
        let choices = [choice("a", "ấp An Định", true), choice("b", "ấp An Bình", false)];
        assert_eq!(hamlet(Some("an dinh"), &choices), Ok("a".into()));
        assert_eq!(hamlet(None, &choices), Ok("a".into()));
        assert!(hamlet(Some("an"), &choices).is_err());
    }

    #[test]
    fn clocks_stand_or_run_off() {
        assert_eq!(clock(Some("-60")), Ok(Clock::Off(-60)));
        assert_eq!(clock(Some("1970-01-01T07:00:05+07:00")), Ok(Clock::Stopped(5)));
        assert!(clock(Some("noon")).is_err());
    }

    #[test]
    fn topics_are_marked_by_number() {
        let choices = [TopicChoice { id: "t".into(), text: "An ninh".into(), asked_by: String::new() }];
        let entry = topic("1=not_done: chưa họp", &choices).unwrap();
        assert_eq!((entry.topic_id.as_str(), entry.mark, entry.remark.as_str()), ("t", Some(TopicMark::NotDone), "chưa họp"));
        assert!(topic("2=done", &choices).is_err());
        assert_eq!(answers("y, k"), Ok(vec![true, false]));
    }
}
