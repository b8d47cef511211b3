import FieldbookCore
import SwiftUI

struct MeContent: View {
    let state: MeState
    var onTask: (MeTask) -> Void = { _ in }
    var onSize: (TextSize) -> Void = { _ in }
    var onLanguage: () -> Void = {}
    var onRemovePin: () -> Void = {}
    var onPractice: @MainActor (Bool) -> Void = { _ in }
    @Environment(\.words) private var words

    var body: some View {
        Page(words(.placeMe)) {
            if case .failed(let problem) = state.status { ProblemBlock(problem) }
            if let status { Person(status: status) }
            if let problem = state.problem { ProblemBlock(problem, officePhone: status?.officePhone) }
            SectionTitle(words(.screenMeTextSize))
            ForEach(TextSize.allCases, id: \.self) { size in
                ChoiceLine(words(size.word), isChosen: size == chosenSize) { onSize(size) }
            }
            SectionTitle(words(.screenMeLanguage))
            SideButton(words(.screenMeLanguageSettings), action: onLanguage)
            PinPart(hasPin: state.hasPin, onTask: onTask, onRemovePin: onRemovePin)
            // Not before it is known which way it stands: a tap would ask for what already is.
            if let status {
                SectionTitle(words(.screenMePractice))
                SwitchLine(words(.screenMePracticeOn), more: words(.screenMePracticeHint), isOn: status.practice, onSwitch: onPractice)
            }
            Help(status: status)
            SectionTitle(words(.screenMeLeave))
            SideButton(words(.screenMeSignOut)) { onTask(.signOut) }
            if let status { Text(words(.screenMeVersion, status.version)).font(.small) }
        }
    }

    private var status: Status? { state.status.value }

    /// Large for heads until something else is chosen.
    private var chosenSize: TextSize {
        state.textSize ?? (status?.posts.contains { $0.role == .head } == true ? .large : .usual)
    }
}

private struct Person: View {
    let status: Status
    @Environment(\.words) private var words

    var body: some View {
        if let person = status.person { Text(person).font(.sectionTitle) }
        ForEach(status.posts, id: \.id) { post in Text(words(.commonPost, post.title, post.unit)) }
        if let organisation = status.organisation { Text(organisation).font(.small) }
    }
}

private struct PinPart: View {
    let hasPin: Bool
    let onTask: (MeTask) -> Void
    let onRemovePin: () -> Void
    @Environment(\.words) private var words

    var body: some View {
        SectionTitle(words(.screenEnrolPin))
        Text(words(.screenEnrolPinHint)).font(.small)
        SideButton(words(hasPin ? .screenMePinChange : .screenEnrolPinAction)) { onTask(.pin) }
        if hasPin { SideButton(words(.screenMePinRemove), action: onRemovePin) }
    }
}

private struct Help: View {
    let status: Status?
    @Environment(\.words) private var words

    var body: some View {
        SectionTitle(words(.screenMeHelp))
        Text(words(.screenMeHelpHint))
        if let number = status?.officePhone { CallButton(words(.actionCallOffice, number), number: number) }
    }
}

/// A PIN that locks the screen, and nothing else.
struct SetPinPage: View {
    var onPin: (String) -> Void = { _ in }
    var onBack: () -> Void = {}
    @State private var pin = ""
    @State private var isShort = false
    @Environment(\.words) private var words

    var body: some View {
        Page(words(.screenEnrolPinTitle), onBack: onBack) {
            Text(words(.screenEnrolPinHint))
            PinField(pin: $pin, fault: isShort ? words(.screenEnrolPinShort) : nil)
                .onChange(of: pin) { isShort = false }
        } actions: {
            MainButton(words(.screenEnrolPinAction)) { if pinLength.contains(pin.count) { onPin(pin) } else { isShort = true } }
        }
    }
}

/// Everything is sent first; what would be deleted unsent is said before.
struct SignOutPage: View {
    let state: MeState
    var onSignOut: () -> Void = {}
    var onBack: () -> Void = {}
    @Environment(\.words) private var words

    var body: some View {
        Page(words(.screenMeSignOut), onBack: onBack) {
            if let problem = state.problem {
                ProblemBlock(problem, officePhone: state.status.value?.officePhone)
                Text(words(.screenMeSignOutKept))
            }
            Text(words(.screenMeSignOutHint))
            if state.drafts > 0 { Notice(words(.screenMeDraftsLost, count: state.drafts), tone: .danger) }
        } actions: {
            MainButton(words(.screenMeSignOutAction), isBusy: state.isBusy, action: onSignOut)
        }
    }
}

extension TextSize {
    fileprivate var word: Key {
        switch self {
        case .usual: .screenMeSizeUsual
        case .large: .screenMeSizeLarge
        case .largest: .screenMeSizeLargest
        }
    }
}
