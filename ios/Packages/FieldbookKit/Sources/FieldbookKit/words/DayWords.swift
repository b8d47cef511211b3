import FieldbookCore
import Foundation

extension Calendar {
    /// Days and hours as people in Vietnam count them, wherever the phone is.
    static let vietnam: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: "Asia/Ho_Chi_Minh") ?? .gmt
        return calendar
    }()
}

extension CalendarDay {
    /// Today in Vietnam, by this phone's clock.
    static var today: CalendarDay { CalendarDay(.now) }

    /// The day of this moment in Vietnam.
    init(_ moment: Date) {
        let parts = Calendar.vietnam.dateComponents([.year, .month, .day], from: moment)
        self.init(year: Int32(parts.year ?? 0), month: Int32(parts.month ?? 0), day: Int32(parts.day ?? 0))
    }

    /// Noon of this day in Vietnam.
    var noon: Date {
        let parts = DateComponents(year: Int(year), month: Int(month), day: Int(day), hour: 12)
        return Calendar.vietnam.date(from: parts) ?? .distantPast
    }

    /// This many days later; negative for earlier.
    func plus(days: Int) -> CalendarDay {
        CalendarDay(Calendar.vietnam.date(byAdding: .day, value: days, to: noon) ?? noon)
    }

    /// 22/11/2026.
    var plainWords: String { String(format: "%02d/%02d/%d", Int(day), Int(month), Int(year)) }
}
