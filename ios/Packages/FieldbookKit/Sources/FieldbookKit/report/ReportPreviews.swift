import FieldbookCore
import SwiftUI

/// The main states, for previews and for the kept outlines.
enum ReportSamples {
    private static let monday = CalendarDay(year: 2026, month: 11, day: 16)
    static let traffic = Traffic(
        network: .unmetered, photoPolicy: .everything, recordsWaiting: 1, photosWaiting: 0, photoBytesWaiting: 0, needsAttention: 0,
        waitingAtOffice: 0, bytesThisMonth: 0, lastContact: nil, trouble: nil)
    private static let head = MyPost(id: "2", title: "trưởng ấp", unit: "Ấp An Định", unitId: "h1", role: .head)
    private static let today = Today(
        day: FormSamples.day, person: "Lê Văn Bảy", posts: [head], traffic: traffic, hamlets: [],
        coverage: CoverageLine(visited: 0, assigned: 0, percent: nil), followUps: [], dueSoon: [], waitingForMe: [], answersBack: [],
        reportsDue: [ReportDue(unitId: "h1", unit: "Ấp An Định", kind: .weekly, from: monday, to: FormSamples.day)], drafts: [],
        mayVisit: false, mayTakePetitions: true, practice: false, officePhone: "0275 3800 123")
    private static let entry = ReportEntry(
        unitId: "h1", kind: .weekly, from: monday, to: FormSamples.day, nothing: false, done: "Vận động 42 hộ trữ nước mưa",
        notDone: "Đường liên ấp còn ngập", proposed: "")
    private static let otherPost = variant(of: head) {
        $0.id = "3"
        $0.unit = "Ấp An Thạnh"
        $0.unitId = "h2"
    }
    private static let nothing = variant(of: entry) {
        $0.nothing = true
        $0.done = ""
        $0.notDone = ""
    }

    private static func at(_ part: ReportForm.Part, _ content: ReportEntry, isOneByOne: Bool = true) -> FormState<ReportForm> {
        FormSamples.at(part, content, isOneByOne: isOneByOne)
    }

    static let weekly = ReportState(today: .ready(today))
    static let twoPlaces = ReportState(today: .ready(variant(of: today) { $0.posts = [head, otherPost] }), problem: .StorageFull)
    static let boxes = at(.done, entry, isOneByOne: false)
    static let oneBox = at(.notDone, entry)
    static let check = at(.check, entry)
    static let checkNothing = at(.check, nothing)
}

struct ReportSample: View {
    let state: ReportState

    var body: some View { ReportContent(state: state, onUnit: { _ in }, onKind: { _ in }, onNothing: {}, onGo: { _ in }) }
}

struct ReportFormSample: View {
    let state: FormState<ReportForm>

    var body: some View { ReportFormContent(state: state, actions: FormActions()) }
}

#Preview("Báo tình hình") { NavigationStack { ReportSample(state: ReportSamples.weekly) } }

#Preview("Báo cáo") { NavigationStack { ReportFormSample(state: ReportSamples.boxes) } }
