import FieldbookCore
import SwiftUI

/// The main states, for previews and for the kept outlines.
enum VisitSamples {
    private static let empty = VisitEntry(
        hamletId: "", day: nil, started: FormSamples.moment("2026-11-22T01:05:00Z"), sinceBoot: 4_000, minutes: nil, fix: nil,
        placeCodeScanned: false, placeReason: "", met: [], with: "",
        topics: ["t1", "t2", "t3"].map { TopicEntry(topicId: $0, mark: nil, remark: "") }, followUps: [], problems: [], promises: [],
        photos: [], remark: "")
    private static let fix = PositionFix(latitude: 10, longitude: 106, accuracyM: 12, approximate: false, mock: false, pinned: false)
    private static let mock = variant(of: fix) {
        $0.mock = true
        $0.accuracyM = 900
        $0.approximate = true
    }
    private static let problem = variant(of: ProblemEntry.empty) {
        $0.text = "Cống số 3 bị sạt, nước mặn vào ruộng"
        $0.urgency = .urgent
        $0.handling = .proposed
        $0.toLevel = .commune
        $0.photos = [FormSamples.photo]
    }
    private static let filled = variant(of: empty) {
        $0.hamletId = "h1"
        $0.fix = fix
        $0.met = [.head, .secretary]
        $0.topics[0].mark = .done
        $0.topics[1] = TopicEntry(topicId: "t2", mark: .notDone, remark: "Còn 12 hộ chưa có lu chứa")
        $0.followUps = [FollowUpEntry(followUpId: "f1", done: true)]
        $0.problems = [problem]
        $0.promises = [PromiseEntry(text: "Mời thủy lợi xuống xem cống", month: nil)]
        $0.photos = [FormSamples.photo, variant(of: FormSamples.photo) { $0.bytes = 97_000 }]
        $0.remark = "Bà con phấn khởi"
    }
    private static let filledNowhere = variant(of: filled) { $0.fix = nil }
    private static let inside = PlaceGrade(evidence: .gpsInside, asksReason: false)
    private static let nowhere = PlaceGrade(evidence: .noEvidence, asksReason: true)
    private static let outside = PlaceGrade(evidence: .gpsOutside, asksReason: true)

    private static func at(
        _ part: VisitForm.Part, _ content: VisitEntry, isOneByOne: Bool = false, fixing: Fixing = .idle, grade: PlaceGrade? = nil,
        found: [HamletChoice]? = nil, _ change: (inout OpenVisit) -> Void = { _ in }
    ) -> VisitState {
        let form = FormSamples.at(part, content, isOneByOne: isOneByOne, change) as FormState<VisitForm>
        return VisitState(form: form, fixing: fixing, grade: grade, found: found)
    }

    static let failed = VisitState(form: FormState(form: .failed(.StorageFull)))
    static let hamlet = at(.hamlet, empty)
    static let hamletFound = at(.hamlet, empty, found: FormSamples.hamlets.suffix(1))
    static let place = at(.place, filled, grade: inside)
    static let placeLooking = at(.place, filledNowhere, fixing: .looking, grade: nowhere)
    static let placeMissing = at(.place, filledNowhere, fixing: .notFound, grade: nowhere) { $0.fault = FormFault(field: .placeReason) }
    static let placeMock = at(.place, variant(of: filled) { $0.fix = mock }, isOneByOne: true, grade: outside)
    static let later = at(.day, variant(of: filledNowhere) { $0.started = nil }, grade: nowhere)
    static let topics = at(.topics, filled)
    static let followUps = at(.followUps, filled, isOneByOne: true) { $0.restoredFrom = FormSamples.moment("2026-11-22T01:20:00Z") }
    static let problems = at(.problems, filled)
    static let problemMissing = at(.problems, variant(of: filled) { $0.problems = [.empty] }, isOneByOne: true) {
        $0.fault = FormFault(field: .problem(index: 0))
    }
    static let photos = at(.photos, filled, isOneByOne: true) { $0.beforeRemoval = filled }
    static let promises = at(.promises, filled, isOneByOne: true)
    static let check = at(.check, filled, grade: inside) { $0.posts = FormSamples.posts }
}

struct VisitSample: View {
    let state: VisitState

    var body: some View {
        VisitContent(
            state: state, actions: FormActions(), taker: PhotoTaker(), onHamlet: { _ in }, onFind: { _ in }, onFix: {}, onNoFix: {},
            onReason: { _ in })
    }
}

#Preview("Địa bàn") { NavigationStack { VisitSample(state: VisitSamples.hamlet) } }

#Preview("Ở đâu, với ai") { NavigationStack { VisitSample(state: VisitSamples.placeMissing) } }

#Preview("Tình hình") { NavigationStack { VisitSample(state: VisitSamples.topics) } }

#Preview("Kiểm tra lại") { NavigationStack { VisitSample(state: VisitSamples.check) } }
