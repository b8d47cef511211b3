import SwiftUI

/// One of several; the whole line is the target.
struct ChoiceLine: View {
    let text: String
    var more: String?
    let isChosen: Bool
    let onChoose: () -> Void

    init(_ text: String, more: String? = nil, isChosen: Bool, onChoose: @escaping () -> Void) {
        self.text = text
        self.more = more
        self.isChosen = isChosen
        self.onChoose = onChoose
    }

    var body: some View {
        Button(action: onChoose) {
            HStack(spacing: 12) {
                Image(systemName: isChosen ? "largecircle.fill.circle" : "circle")
                WordsAndMore(text: text, more: more, weight: isChosen ? .semibold : .regular)
                Spacer()
            }
            .padding(.horizontal, 12)
            .padding(.vertical, 10)
            .frame(minHeight: Theme.mainActionHeight)
            .background(isChosen ? Theme.accentPaper.color : Theme.paper.color)
            .clipShape(RoundedRectangle(cornerRadius: Theme.corner))
            .overlay {
                RoundedRectangle(cornerRadius: Theme.corner)
                    .stroke(isChosen ? Theme.accent.color : Theme.line.color, lineWidth: isChosen ? 2 : 1)
            }
        }
        .buttonStyle(.plain)
        .accessibilityIdentifier(Tag.choice)
        .accessibilityAddTraits(isChosen ? .isSelected : [])
    }
}

/// Yes or no; the whole line is the target.
struct SwitchLine: View {
    let text: String
    var more: String?
    let isOn: Bool
    let onSwitch: @MainActor (Bool) -> Void

    init(_ text: String, more: String? = nil, isOn: Bool, onSwitch: @escaping @MainActor (Bool) -> Void) {
        self.text = text
        self.more = more
        self.isOn = isOn
        self.onSwitch = onSwitch
    }

    var body: some View {
        Toggle(isOn: Binding(get: { isOn }, set: onSwitch)) {
            WordsAndMore(text: text, more: more)
        }
        .frame(minHeight: Theme.mainActionHeight)
    }
}

/// What can be chosen, and a line about it.
private struct WordsAndMore: View {
    let text: String
    let more: String?
    var weight = Font.Weight.regular

    var body: some View {
        VStack(alignment: .leading) {
            Text(text).fontWeight(weight)
            if let more { Text(more).font(.small) }
        }
    }
}

/// A filter, on or off.
struct FilterToggle: View {
    let text: String
    let isOn: Bool
    let onToggle: @MainActor () -> Void

    init(_ text: String, isOn: Bool, onToggle: @escaping @MainActor () -> Void) {
        self.text = text
        self.isOn = isOn
        self.onToggle = onToggle
    }

    var body: some View {
        Toggle(isOn: Binding(get: { isOn }, set: { _ in onToggle() })) {
            Text(text).frame(minHeight: Theme.targetHeight - 14)
        }
        .toggleStyle(.button)
    }
}

/// One of the parts of a page.
struct PartTab: View {
    let text: String
    let isHere: Bool
    let onGo: () -> Void

    init(_ text: String, isHere: Bool, onGo: @escaping () -> Void) {
        self.text = text
        self.isHere = isHere
        self.onGo = onGo
    }

    var body: some View {
        Button(action: onGo) {
            IconWords(text, icon: isHere ? "checkmark" : nil)
                .padding(.horizontal, 14)
                .frame(minHeight: Theme.targetHeight)
                .foregroundStyle(isHere ? Theme.onAccent.color : Theme.ink.color)
                .background(isHere ? Theme.accent.color : Theme.calmPaper.color)
                .clipShape(RoundedRectangle(cornerRadius: Theme.corner))
        }
        .buttonStyle(.plain)
        .accessibilityIdentifier(Tag.choice)
        .accessibilityAddTraits(isHere ? .isSelected : [])
    }
}
