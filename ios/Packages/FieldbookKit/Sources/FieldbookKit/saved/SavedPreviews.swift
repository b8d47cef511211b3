import FieldbookCore
import SwiftUI

extension CasePageView: Varied {}
extension Status: Varied {}

/// The main states, for previews and for the kept outlines. All persons are invented.
enum SavedSamples {
    private static let time = Date(timeIntervalSince1970: 1_795_313_700)  // 22/11/2026, 09:15 in Vietnam
    private static let row = CaseRow(
        id: "c1", kind: .visit, petitionKind: nil, text: "", unit: "Ấp An Định", time: time, state: .recorded, open: false, due: nil,
        daysLeft: nil, dueIsExpected: false, urgency: .normal, receipt: "BKT-27-4H", sending: .canUndo(until: time), photos: 0)
    private static let page = CasePageView(
        row: row, unitId: "h1", author: "Trần Thị Mai", mine: true, text: "", place: "", basis: nil, resident: nil, visit: nil,
        problem: nil, report: nil, actions: [], canCorrect: true, canTakeBack: true, history: [], photos: [], forks: [], erased: false)
    private static let status = Status(
        standing: .ready, person: "Trần Thị Mai", organisation: "Xã An Qui", label: "BKT",
        posts: [MyPost(id: "1", title: "đảng ủy viên phụ trách", unit: "xã An Qui", unitId: "c", role: .liaison)],
        traffic: TodaySamples.traffic, practice: false, officePhone: "0275 3800 123", version: "0.1.0")
    private static let day = CalendarDay(year: 2026, month: 11, day: 22)
    private static let numbers = ReportPart(
        kind: .weekly, from: day, to: day, nothing: true,
        numbers: [
            NumberLine(what: .visits, count: 0), NumberLine(what: .problemsNew, count: 1), NumberLine(what: .problemsDone, count: 2),
            NumberLine(what: .petitionsNew, count: 3), NumberLine(what: .petitionsDone, count: 4), NumberLine(what: .open, count: 5),
            NumberLine(what: .followUpsDone, count: 6),
        ],
        done: "", notDone: "", proposed: "")

    private static func of(
        _ row: CaseRow, report: ReportPart? = nil, network: Network = .unmetered, undo: Undo = .none, problem: FieldbookError? = nil
    ) -> SavedState {
        let shown = page.with {
            $0.row = row
            $0.report = report
        }
        let status = status.with { $0.traffic.network = network }
        return SavedState(saved: .ready(SavedCase(case: shown, status: status)), undo: undo, problem: problem)
    }

    private static let waiting = row.with { $0.sending = .waiting }

    static let visit = of(row, undo: .toForm)
    static let noNetwork = of(waiting, network: .noNetwork)
    static let received = of(row.with { $0.sending = .received }, undo: .takeBack)
    static let takenBack = of(waiting, undo: .takenBack)
    static let tooLate = of(row, problem: .Rejected(code: .tooLateToUndo))
    static let forResident = of(
        row.with {
            $0.kind = .petition
            $0.petitionKind = .proposal
        }, undo: .toForm)
    static let report = of(
        row.with {
            $0.kind = .report
            $0.receipt = nil
        }, report: numbers, undo: .toForm)
}

#Preview("visit") { NavigationStack { SavedContent(state: SavedSamples.visit, moreReceipts: ["BKT-28-7K"]) } }

#Preview("no network") { NavigationStack { SavedContent(state: SavedSamples.noNetwork) } }

#Preview("received") { NavigationStack { SavedContent(state: SavedSamples.received) } }

#Preview("taken back") { NavigationStack { SavedContent(state: SavedSamples.takenBack) } }

#Preview("too late") { NavigationStack { SavedContent(state: SavedSamples.tooLate) } }

#Preview("for resident") { NavigationStack { SavedContent(state: SavedSamples.forResident) } }

#Preview("report") { NavigationStack { SavedContent(state: SavedSamples.report) } }
