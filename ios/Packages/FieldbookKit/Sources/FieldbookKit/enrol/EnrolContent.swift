import FieldbookCore
import SwiftUI

private let steps = 4
private let codeDigits = 10

struct EnrolContent: View {
    let state: EnrolState
    var onScan: () -> Void = {}
    var onLook: (EnrolmentCode) -> Void = { _ in }
    var onConfirm: () -> Void = {}
    var onBack: () -> Void = {}
    var onPin: (String) -> Void = { _ in }
    var onSkipPin: () -> Void = {}
    var onAgain: () -> Void = {}
    var onDone: () -> Void = {}

    var body: some View {
        switch state.step {
        case .code: CodePage(state: state, onScan: onScan, onLook: onLook)
        case .confirm:
            if let look = state.look { ConfirmPage(state: state, look: look, onConfirm: onConfirm, onBack: onBack) }
        case .pin: PinPage(state: state, onPin: onPin, onSkip: onSkipPin)
        case .filling: FillingPage(state: state, onAgain: onAgain, onDone: onDone)
        }
    }
}

private struct CodePage: View {
    let state: EnrolState
    let onScan: () -> Void
    let onLook: (EnrolmentCode) -> Void
    @SceneStorage("enrol_address") private var address = ""
    @SceneStorage("enrol_digits") private var digits = ""
    @Environment(\.words) private var words

    var body: some View {
        Page(words(.screenEnrolCodeTitle)) {
            if let problem = state.problem { ProblemBlock(problem) }
            SideButton(words(.screenEnrolScan), icon: "qrcode.viewfinder", action: onScan)
            Text(words(.screenEnrolCodeHint))
            LabeledField(words(.screenEnrolAddress)) {
                TextField(words(.screenEnrolAddress), text: $address)
                    .keyboardType(.URL)
                    .textInputAutocapitalization(.never)
                    .autocorrectionDisabled()
                    .submitLabel(.next)
                    .textFieldStyle(.roundedBorder)
            }
            LabeledField(words(.screenEnrolDigits)) {
                TextField(words(.screenEnrolDigits), text: $digits)
                    .keyboardType(.numberPad)
                    .textFieldStyle(.roundedBorder)
            }
            .onChange(of: digits) { _, typed in
                let kept = String(typed.filter(\.isNumber).prefix(codeDigits))
                if kept != typed { digits = kept }
            }
        } corner: {
            StepWords(step: 1)
        } actions: {
            MainButton(words(.actionContinue), isBusy: state.isBusy) { onLook(.typed(address: address, digits: digits)) }
        }
    }
}

private struct ConfirmPage: View {
    let state: EnrolState
    let look: EnrolmentLook
    let onConfirm: () -> Void
    let onBack: () -> Void
    @Environment(\.words) private var words

    var body: some View {
        QuestionPage(words(.screenEnrolConfirmTitle), step: 2, steps: steps, onBack: onBack) {
            if let problem = state.problem { ProblemBlock(problem, officePhone: look.officePhone) }
            Text(look.person).font(.pageTitle)
            ForEach(Array(look.posts.enumerated()), id: \.offset) { _, post in
                Text(words(.commonPost, post.title, post.unit))
            }
            Text(look.organisation)
            SideButton(words(.screenEnrolNotMe), action: onBack)
        } actions: {
            MainButton(words(.screenEnrolConfirmAction), isBusy: state.isBusy, action: onConfirm)
        }
    }
}

private struct PinPage: View {
    let state: EnrolState
    let onPin: (String) -> Void
    let onSkip: () -> Void
    @State private var pin = ""
    @State private var isShort = false
    @Environment(\.words) private var words

    var body: some View {
        Page(words(.screenEnrolPinTitle)) {
            if let problem = state.problem { ProblemBlock(problem) }
            Text(words(.screenEnrolPinHint))
            PinField(pin: $pin, fault: isShort ? words(.screenEnrolPinShort) : nil)
                .onChange(of: pin) { isShort = false }
        } corner: {
            StepWords(step: 3)
        } actions: {
            MainButton(words(.screenEnrolPinAction)) { if pinLength.contains(pin.count) { onPin(pin) } else { isShort = true } }
            SideButton(words(.screenEnrolPinSkip), action: onSkip)
        }
    }
}

private struct FillingPage: View {
    let state: EnrolState
    let onAgain: () -> Void
    let onDone: () -> Void
    @Environment(\.words) private var words

    private var filling: Filling { state.filling }
    private var isStuck: Bool { state.problem != nil || filling.trouble != nil }

    var body: some View {
        Page(words(filling.isUsable ? .screenEnrolReadyTitle : .screenEnrolFillingTitle), hasActions: filling.isUsable || isStuck) {
            if let problem = state.problem { ProblemBlock(problem, officePhone: state.look?.officePhone) }
            if let trouble = filling.trouble { Notice(words(trouble.sentence)) }
            if !filling.isComplete, !isStuck {
                ProgressView()
                Text(left).accessibilityAddTraits(.updatesFrequently)
            }
            if filling.isUsable { Text(words(filling.isComplete ? .screenEnrolComplete : .screenEnrolRest)) }
        } corner: {
            StepWords(step: steps)
        } actions: {
            if filling.isUsable {
                MainButton(words(.screenEnrolBegin), action: onDone)
            } else {
                MainButton(words(.actionTryAgain), action: onAgain)
            }
        }
    }

    private var left: String {
        guard let seconds = filling.secondsLeft else { return words(.screenEnrolWaiting) }
        return words(.screenEnrolMinutesLeft, count: (seconds + 59) / 60)
    }
}

private struct StepWords: View {
    let step: Int
    @Environment(\.words) private var words

    var body: some View { Text(words(.commonStep, step, steps)).font(.small) }
}
