import SwiftUI

/// A value and the word for it.
struct Choice<Value: Hashable>: Identifiable {
    let value: Value
    let word: String
    var id: Value { value }

    init(_ value: Value, _ word: String) {
        self.value = value
        self.word = word
    }
}

/// One of a few: side by side where they fit, one below the other when words are large.
struct ChoiceList<Value: Hashable>: View {
    let choices: [Choice<Value>]
    let chosen: Value?
    let onChoose: (Value) -> Void

    init(_ choices: [Choice<Value>], chosen: Value?, onChoose: @escaping (Value) -> Void) {
        self.choices = choices
        self.chosen = chosen
        self.onChoose = onChoose
    }

    var body: some View {
        FlowRow(spacing: 6) {
            ForEach(choices) { choice in
                Option(word: choice.word, isChosen: choice.value == chosen) { onChoose(choice.value) }
            }
        }
    }
}

/// Any of a few.
struct ManyList<Value: Hashable>: View {
    let choices: [Choice<Value>]
    let chosen: [Value]
    let onChange: ([Value]) -> Void

    var body: some View {
        FlowRow(spacing: 6) {
            ForEach(choices) { choice in
                let isChosen = chosen.contains(choice.value)
                Toggle(isOn: Binding(get: { isChosen }, set: { change(choice.value, isOn: $0) })) {
                    Label(choice.word, systemImage: isChosen ? "checkmark.square.fill" : "square")
                        .frame(minHeight: Theme.targetHeight - 14)
                }
                .toggleStyle(.button)
            }
        }
    }

    private func change(_ value: Value, isOn: Bool) { onChange(isOn ? chosen + [value] : chosen.filter { $0 != value }) }
}

/// A word in a box with a ring before it, filled when chosen.
private struct Option: View {
    let word: String
    let isChosen: Bool
    let onTap: () -> Void
    @Environment(\.dynamicTypeSize) private var size

    var body: some View {
        Button(action: onTap) {
            HStack(spacing: 6) {
                Image(systemName: isChosen ? "largecircle.fill.circle" : "circle")
                    .foregroundStyle(isChosen ? Theme.accent.color : Theme.line.color)
                Text(word).fontWeight(isChosen ? .semibold : .regular)
            }
            .padding(10)
            .frame(maxWidth: size.areWordsLarge ? .infinity : nil, minHeight: Theme.targetHeight, alignment: .leading)
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
