import FieldbookCore
import Foundation

extension CalendarDay {
    /// "hôm nay", "hôm qua", else 22/11/2026.
    func words(today: CalendarDay, in words: Words) -> String {
        if self == today { return words(.dateToday) }
        return self == today.plus(days: -1) ? words(.dateYesterday) : plainWords
    }

    /// "Chủ nhật, 22/11/2026".
    func longWords(in words: Words) -> String {
        let days: [Key] = [.weekdays7, .weekdays1, .weekdays2, .weekdays3, .weekdays4, .weekdays5, .weekdays6]
        return words(days[Calendar.vietnam.component(.weekday, from: noon) - 1]) + ", " + plainWords
    }
}

extension CalendarMonth {
    /// "11/2026".
    var words: String { String(format: "%02d/%d", Int(month), Int(year)) }
}

extension Date {
    /// "14:05, 22/11/2026", in Vietnam.
    var words: String {
        let time = Calendar.vietnam.dateComponents([.hour, .minute], from: self)
        return String(format: "%02d:%02d, ", time.hour ?? 0, time.minute ?? 0) + CalendarDay(self).plainWords
    }
}
