import FieldbookCore
import SwiftUI

/// What the samples of all forms choose from. All persons are invented.
enum FormSamples {
    static let day = CalendarDay(year: 2026, month: 11, day: 22)
    static let hamlets = [
        HamletChoice(id: "h1", name: "Ấp An Định", commune: "Xã An Qui", own: true),
        HamletChoice(id: "h2", name: "Ấp An Thạnh", commune: "Xã An Qui", own: true),
        HamletChoice(id: "h3", name: "Ấp An Hòa", commune: "Xã An Qui", own: true),
        HamletChoice(id: "h4", name: "Ấp An Phú", commune: "Xã An Qui", own: false),
    ]
    private static let topics = [
        TopicChoice(id: "t1", text: "Sinh hoạt chi bộ", askedBy: "Xã An Qui"),
        TopicChoice(id: "t2", text: "Trữ nước mưa, nước ngọt cho mùa hạn mặn", askedBy: "Xã An Qui"),
        TopicChoice(id: "t3", text: "Thu gom rác thải sinh hoạt", askedBy: "Xã An Qui"),
    ]
    private static let followUps = [("f1", "Báo lại ngày sửa cống số 3"), ("f2", "Mời điện lực xem đường dây")].map { id, text in
        FollowUpLine(
            id: id, visitId: "v1", text: text, unit: "Ấp An Định", month: CalendarMonth(year: 2026, month: 11), done: nil, photos: [])
    }
    static let choices = FormChoices(
        hamlets: hamlets, topics: topics, followUps: followUps, earliestDay: CalendarDay(year: 2026, month: 11, day: 15), today: day,
        nextMonth: CalendarMonth(year: 2026, month: 12))
    static let posts = [
        MyPost(id: "1", title: "đảng ủy viên phụ trách", unit: "Xã An Qui", unitId: "c", role: .liaison),
        MyPost(id: "2", title: "bí thư chi bộ", unit: "Ấp An Định", unitId: "h1", role: .secretary),
    ]
    static let photo = PhotoEntry(hash: "00", path: "", bytes: 182_000, width: 1_600, height: 1_200, topic: nil)

    /// A form on the page with this part.
    static func at<Shape: FormShape>(
        _ part: Shape.Part, _ content: Shape.Content, isOneByOne: Bool = false, _ change: (inout OpenForm<Shape>) -> Void = { _ in }
    ) -> FormState<Shape> {
        let pages = Shape.pages(content, choices, isOneByOne: isOneByOne)
        let at = pages.firstIndex { $0.contains(part) } ?? 0
        var form = OpenForm<Shape>(draftId: "1", content: content, choices: choices, pages: pages, at: at)
        change(&form)
        return FormState(form: .ready(form))
    }

    /// A moment as it stands in the Kotlin samples.
    static func moment(_ text: String) -> Date { (try? Date(text, strategy: .iso8601)) ?? .distantPast }
}

#Preview("Lựa chọn") {
    ChoiceList(FormSamples.hamlets.map { Choice($0.id, $0.name) }, chosen: "h1") { _ in }.fieldbookTheme()
}

/// A sample that differs in this.
func variant<Value>(of value: Value, _ change: (inout Value) -> Void) -> Value {
    var value = value
    change(&value)
    return value
}
