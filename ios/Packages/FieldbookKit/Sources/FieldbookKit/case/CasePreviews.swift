import FieldbookCore
import SwiftUI

extension CaseState: Varied {}

/// The main states, for previews and for the kept outlines. All persons are invented.
enum CaseSamples {
    private static let written = Date(timeIntervalSince1970: 1_795_140_900)  // 20/11/2026, 09:15 in Vietnam
    private static let recorded = HistoryLine(
        id: "e1", time: written, author: "Lê Văn Bảy", what: .recorded, text: "", received: true)

    private static func happened(
        _ action: CaseAction, _ state: Stands, _ text: String, author: String = "", received: Bool = true
    ) -> HistoryLine {
        HistoryLine(
            id: "e-\(action)", time: written.addingTimeInterval(90_000), author: author,
            what: .happened(action: action, state: state, to: nil, way: nil), text: text, received: received)
    }

    private static let resident = Resident(name: "Nguyễn Thị Hoa", masked: false, phone: "0901 234 567", address: "tổ 3", anonymous: false)
    private static let petition = CasePageView(
        row: BookSamples.petition.with {
            $0.state = .resolved
            $0.sending = .received
            $0.dueIsExpected = false
        },
        unitId: "h1", author: "Lê Văn Bảy", mine: true,
        text: "Cống số 3 bị sạt, nước mặn tràn vào ruộng. Đã hai ngày, lúa bắt đầu vàng lá.", place: "tổ 3, trước nhà văn hóa",
        basis: "Quy chế làm việc của xã", resident: resident, visit: nil, problem: nil, report: nil, actions: [.answer, .note],
        canCorrect: true, canTakeBack: false,
        history: [
            recorded, happened(.receive, .received, ""),
            happened(.resolve, .resolved, "Sáng thứ ba đắp lại cống bằng bao cát, tuần sau xây mới."),
        ],
        photos: [], forks: [], erased: false)
    private static let returnedCase = petition.with {
        $0.row.state = .returned
        $0.row.daysLeft = -3
        $0.actions = [.resubmit, .withdraw, .note]
        $0.canTakeBack = true
        $0.history = [recorded, happened(.sendBack, .returned, "Đề nghị ghi rõ cống nào và thời gian phát hiện.")]
    }
    private static let problemCase = petition.with {
        $0.row.kind = .problem
        $0.row.petitionKind = nil
        $0.row.state = .inProgress
        $0.row.sending = .textSent(photosSent: 1, photos: 3)
        $0.resident = nil
        $0.problem = ProblemPart(handling: .proposed, toLevel: .commune, visitId: "v1")
        $0.actions = [.note]
        $0.history = [recorded, happened(.start, .inProgress, "", author: "Trần Thị Mai", received: false)]
    }
    private static let visitCase = petition.with {
        $0.row.kind = .visit
        $0.row.petitionKind = nil
        $0.row.state = .received
        $0.row.open = false
        $0.resident = nil
        $0.basis = nil
        $0.actions = [.note]
        $0.visit = VisitPart(
            day: CalendarDay(year: 2026, month: 11, day: 20), evidence: .gpsInside, placeReason: "", met: [.head, .residents],
            with: "tổ hội phụ nữ",
            topics: [
                TopicLine(text: "Sinh hoạt chi bộ", mark: .done, remark: ""),
                TopicLine(text: "Trữ nước mưa, nước ngọt", mark: .notDone, remark: "Còn 6 hộ chưa có bồn"),
            ],
            promises: [
                FollowUpLine(
                    id: "f1", visitId: "v1", text: "Báo lại ngày sửa cống", unit: "ấp An Định",
                    month: CalendarMonth(year: 2026, month: 12), done: nil, photos: [])
            ])
        $0.history = [recorded]
    }

    private static func page(_ page: CasePageView) -> CaseState { CaseState(case: .ready(page), officePhone: "0275 3800 123") }

    static let resolved = page(petition)
    static let masked = page(
        petition.with {
            $0.mine = false
            $0.resident = Resident(name: "Nguyễn T. H.", masked: true, phone: nil, address: nil, anonymous: false)
            $0.actions = [.note]
            $0.canCorrect = false
        })
    static let returned = page(returnedCase)
    static let problem = page(problemCase)
    static let visit = page(visitCase)
    static let loading = CaseState()
    static let gone = CaseState(case: .failed(.Rejected(code: .notFound)))
    static let notNow = page(petition).with { $0.problem = .Offline }
}

#Preview("resolved") { NavigationStack { CaseContent(state: CaseSamples.resolved) } }

#Preview("masked") { NavigationStack { CaseContent(state: CaseSamples.masked) } }

#Preview("returned") { NavigationStack { CaseContent(state: CaseSamples.returned) } }

#Preview("problem") { NavigationStack { CaseContent(state: CaseSamples.problem) } }

#Preview("visit") { NavigationStack { CaseContent(state: CaseSamples.visit) } }

#Preview("loading") { NavigationStack { CaseContent(state: CaseSamples.loading) } }

#Preview("gone") { NavigationStack { CaseContent(state: CaseSamples.gone) } }

#Preview("answer") { NavigationStack { AnswerPage(state: CaseSamples.resolved, doing: .constant(CaseDoing(task: .answer))) } }

#Preview("correct") { NavigationStack { CorrectPage(state: CaseSamples.returned, doing: .constant(CaseDoing(task: .correct))) } }

#Preview("note") { NavigationStack { WordsPage(state: CaseSamples.notNow, doing: .constant(CaseDoing(task: .note))) } }
