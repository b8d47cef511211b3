import FieldbookCore
import SwiftUI

/// The main states, for previews and for the kept outlines.
enum ProblemSamples {
    private static let empty = variant(of: ProblemEntry.empty) { $0.hamletId = "h1" }
    private static let filled = variant(of: empty) {
        $0.text = "Đường liên ấp ngập sâu, học sinh không qua được"
        $0.place = "Đoạn trước nhà văn hóa"
        $0.handling = .proposed
        $0.toLevel = .commune
        $0.photos = [FormSamples.photo]
    }

    private static func at(
        _ part: ProblemForm.Part, _ content: ProblemEntry, isOneByOne: Bool = true, _ change: (inout OpenProblem) -> Void = { _ in }
    ) -> ProblemState {
        ProblemState(form: FormSamples.at(part, content, isOneByOne: isOneByOne, change))
    }

    static let hamlet = at(.hamlet, empty)
    static let what = at(.what, filled) { $0.photoWork = PhotoWork(slot: ProblemForm.slot) }
    static let missing = at(.what, empty) { $0.fault = FormFault(field: .text) }
    static let badPhoto = at(.what, empty) {
        $0.photoWork = PhotoWork(slot: ProblemForm.slot, problem: .Invalid(field: .photo, fault: .notAPicture))
    }
    static let handling = at(.handling, filled)
    static let grouped = at(.what, filled, isOneByOne: false)
    static let check = at(.check, filled)
}

struct ProblemSample: View {
    let state: ProblemState

    var body: some View { ProblemContent(state: state, actions: FormActions(), taker: PhotoTaker(), onHamlet: { _ in }, onFind: { _ in }) }
}

#Preview("Khó khăn") { NavigationStack { ProblemSample(state: ProblemSamples.what) } }

#Preview("Kiểm tra lại") { NavigationStack { ProblemSample(state: ProblemSamples.check) } }
