import FieldbookCore
import SwiftUI

/// The main states, for previews and for the kept outlines. All persons are invented.
enum PetitionSamples {
    static let ask = SorterStep.ask(question: .wantsOwnDecisionReviewed, number: 2, atMost: 2)
    static let firstAsk = SorterStep.ask(question: .accusesPerson, number: 1, atMost: 4)
    private static let complaint = SorterResult(
        kind: .complaint, urgency: .normal, place: .decidingBody,
        clocks: [
            SorterClock(
                subject: .complaintAcceptance, days: 10, workingDays: false, basis: "Luật Khiếu nại 2011, Điều 27",
                due: CalendarDay(year: 2026, month: 12, day: 2)),
            SorterClock(
                subject: .complaintFirst, days: 30, workingDays: false, basis: "Luật Khiếu nại 2011, Điều 28", due: nil),
        ])
    private static let urgentResult = SorterResult(
        kind: .feedback, urgency: .urgent, place: .commune,
        clocks: [
            SorterClock(
                subject: .proposalUrgent, days: 1, workingDays: true, basis: "Quy chế làm việc của xã",
                due: CalendarDay(year: 2026, month: 11, day: 23))
        ])
    static let sorted = SorterStep.sorted(result: complaint)
    static let urgent = SorterStep.sorted(result: urgentResult)
    private static let hamlets = [
        HamletChoice(id: "h1", name: "ấp An Định", commune: "xã An Qui", own: true),
        HamletChoice(id: "h2", name: "ấp An Thạnh", commune: "xã An Qui", own: true),
    ]
    static let guidance = Guidance(hamlets: [hamlets[0]], officePhone: "0275 3800 123")
    static let guidanceTwo = variant(of: guidance) { $0.hamlets = hamlets }
    static let noted = variant(of: guidance) { $0.isNoted = true }
    static let empty = PetitionForm(
        draftId: "d",
        entry: PetitionEntry(
            hamletId: "h1", kind: .feedback, urgency: .urgent, text: "", place: "", anonymous: false, name: "", phone: "", address: "",
            remote: false, photos: []),
        result: urgentResult, hamlets: hamlets)
    private static let full = variant(of: empty) {
        $0.entry.text =
            "Cống số 3 bị sạt, nước mặn tràn vào ruộng. Đã hai ngày, lúa bắt đầu vàng lá. Xin đắp lại trước con nước rằm."
        $0.entry.place = "tổ 3, trước nhà văn hóa"
        $0.entry.name = "Nguyễn Thị Hoa"
        $0.entry.phone = "0901 234 567"
    }
    static let restored = variant(of: full) { $0.restored = FormSamples.moment("2026-11-22T02:15:00Z") }
    static let missing = variant(of: empty) { $0.problem = .Invalid(field: .text, fault: .missing) }
    static let who = variant(of: full) { $0.step = .who }
    static let anonymous = variant(of: who) { $0.entry.anonymous = true }
    static let `where` = variant(of: full) {
        $0.step = .where
        $0.entry.kind = .complaint
    }
    static let review = variant(of: full) { $0.step = .review }
    static let reviewPosts = variant(of: review) {
        $0.posts = [
            MyPost(id: "1", title: "trưởng ấp", unit: "ấp An Định", unitId: "h1", role: .head),
            MyPost(id: "2", title: "bí thư chi bộ", unit: "ấp An Định", unitId: "h1", role: .secretary),
        ]
        $0.repairs = true
        $0.problem = .StorageFull
    }
}

struct SorterSample: View {
    let step: SorterStep

    var body: some View {
        SorterContent(step: step, state: .sorting(Sorting()), onAnswer: { _ in }, onBegin: { _ in }, onBack: {})
    }
}

struct GuidanceSample: View {
    let state: Guidance

    var body: some View { GuidanceContent(state: .guidance(state), onAdvise: { _ in }, onAgain: {}, onLeave: {}) }
}

struct PetitionSample: View {
    let state: PetitionForm

    var body: some View { PetitionContent(state: .form(state), actions: PetitionActions(), taker: PhotoTaker()) }
}

#Preview("Đây là khiếu nại") { NavigationStack { SorterSample(step: PetitionSamples.sorted) } }

#Preview("Tố cáo") { NavigationStack { GuidanceSample(state: PetitionSamples.guidance) } }

#Preview("Người dân nói gì") { NavigationStack { PetitionSample(state: PetitionSamples.restored) } }

#Preview("Kiểm tra lại") { NavigationStack { PetitionSample(state: PetitionSamples.review) } }
