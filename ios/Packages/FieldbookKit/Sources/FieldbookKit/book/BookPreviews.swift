import FieldbookCore
import SwiftUI

/// The main states, for previews and for the kept outlines. All persons are invented.
enum BookSamples {
    static let petition = CaseRow(
        id: "p1", kind: .petition, petitionKind: .feedback, text: "Cống số 3 bị sạt, nước mặn tràn vào ruộng", unit: "ấp An Định",
        time: Date(timeIntervalSince1970: 1_795_140_900), state: .recorded, open: true,  // 20/11/2026, 09:15 in Vietnam
        due: CalendarDay(year: 2026, month: 11, day: 24), daysLeft: 2, dueIsExpected: true, urgency: .urgent, receipt: "BKT-27-4H",
        sending: .waiting, photos: 1)
    private static let answered = petition.with {
        $0.id = "p2"
        $0.petitionKind = .proposal
        $0.text = "Xin lắp thêm đèn đường ở ngã ba"
        $0.state = .answered
        $0.open = false
        $0.sending = .received
    }
    private static let hamlets = ["Ấp An Định", "Ấp An Thạnh", "Ấp An Hòa"].enumerated().map { index, name in
        HamletChoice(id: "h\(index)", name: name, commune: "Xã An Qui", own: true)
    }

    static let usual = BookState(
        asked: BookFilter(kind: .petition, openOnly: true, words: "cong"), hamlets: hamlets, rows: [petition, answered], hasMore: true,
        isReading: false)
    static let empty = BookState(asked: BookFilter(kind: .petition), isReading: false)
    static let nothingFound = BookState(asked: BookFilter(words: "mương"), hamlets: hamlets, isReading: false)
    static let failed = BookState(isReading: false, problem: .StorageFull)
}

#Preview("usual") { NavigationStack { BookContent(state: BookSamples.usual) } }

#Preview("empty") { NavigationStack { BookContent(state: BookSamples.empty) } }

#Preview("nothing found") { NavigationStack { BookContent(state: BookSamples.nothingFound) } }

#Preview("failed") { NavigationStack { BookContent(state: BookSamples.failed) } }
