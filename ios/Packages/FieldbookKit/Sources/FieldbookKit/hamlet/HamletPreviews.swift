import FieldbookCore
import SwiftUI

extension HamletPage: Varied {}

/// The main states, for previews and for the kept outlines. All persons are invented.
enum HamletSamples {
    private static let page = HamletPage(
        id: "h1", name: "Ấp An Định", above: ["xã An Qui", "tỉnh Vĩnh Long"], earlier: ["ấp An Lợi"],
        people: [
            PersonLine(name: "Lê Văn Bảy", title: "trưởng ấp", role: .head, phone: "0901 111 222"),
            PersonLine(name: "Phạm Thị Út", title: "bí thư chi bộ", role: .secretary, phone: nil),
        ],
        state: .overdue(monthsMissed: 2),
        visits: [
            CalendarDay(year: 2026, month: 8, day: 14), CalendarDay(year: 2026, month: 7, day: 3),
            CalendarDay(year: 2026, month: 6, day: 9),
        ],
        followUps: [
            FollowUpLine(
                id: "f1", visitId: "v1", text: "Báo lại ngày sửa cống số 3", unit: "ấp An Định",
                month: CalendarMonth(year: 2026, month: 9), done: nil, photos: [])
        ],
        records: [BookSamples.petition], mayVisit: true, officePhone: "0275 3800 123")

    static let usual = Reading.ready(page)
    static let empty = Reading.ready(
        page.with {
            $0.earlier = []
            $0.people = []
            $0.state = nil
            $0.visits = []
            $0.followUps = []
            $0.records = []
            $0.mayVisit = false
        })
    static let gone = Reading<HamletPage>.failed(.Rejected(code: .notFound))
}

#Preview("usual") { NavigationStack { HamletContent(state: HamletSamples.usual) } }

#Preview("empty") { NavigationStack { HamletContent(state: HamletSamples.empty) } }

#Preview("gone") { NavigationStack { HamletContent(state: HamletSamples.gone) } }
