import SwiftUI

/// The one thing to do on a page. While `isBusy` it keeps its place and its words, and a tap does nothing.
struct MainButton: View {
    let text: String
    var isBusy: Bool
    let action: () -> Void

    init(_ text: String, isBusy: Bool = false, action: @escaping () -> Void) {
        self.text = text
        self.isBusy = isBusy
        self.action = action
    }

    var body: some View {
        Button(action: action) {
            Text(text)
                .fontWeight(.semibold)
                .multilineTextAlignment(.center)
                .frame(maxWidth: .infinity, minHeight: Theme.mainActionHeight - 16)
        }
        .buttonStyle(.borderedProminent)
        .disabled(isBusy)
        .accessibilityIdentifier(Tag.mainAction)
    }
}

/// The other thing one may do on a page.
struct SideButton: View {
    let text: String
    var icon: String?
    let action: () -> Void

    init(_ text: String, icon: String? = nil, action: @escaping () -> Void) {
        self.text = text
        self.icon = icon
        self.action = action
    }

    var body: some View {
        Button(action: action) {
            IconWords(text, icon: icon)
                .multilineTextAlignment(.center)
                .frame(maxWidth: .infinity, minHeight: Theme.mainActionHeight - 16)
        }
        .buttonStyle(.bordered)
    }
}

/// A small thing to do within a line.
struct LineButton: View {
    let text: String
    var icon: String?
    let action: () -> Void

    init(_ text: String, icon: String? = nil, action: @escaping () -> Void) {
        self.text = text
        self.icon = icon
        self.action = action
    }

    var body: some View {
        Button(action: action) {
            IconWords(text, icon: icon).frame(minHeight: Theme.targetHeight)
        }
        .buttonStyle(.borderless)
    }
}

/// Words with a picture before them that says the same.
struct IconWords: View {
    let text: String
    let icon: String?

    init(_ text: String, icon: String?) {
        self.text = text
        self.icon = icon
    }

    var body: some View {
        HStack(spacing: 8) {
            if let icon { Image(systemName: icon) }
            Text(text)
        }
    }
}

/// A line of a list that opens something; VoiceOver reads it whole, as one button.
struct LineCard<Content: View>: View {
    let action: () -> Void
    let content: Content

    init(action: @escaping () -> Void, @ViewBuilder content: () -> Content) {
        self.action = action
        self.content = content()
    }

    var body: some View {
        Button(action: action) {
            VStack(alignment: .leading, spacing: 4) { content }
                .frame(maxWidth: .infinity, minHeight: Theme.mainActionHeight, alignment: .leading)
                .padding(.horizontal, 16)
                .padding(.vertical, 12)
                .overlay { RoundedRectangle(cornerRadius: Theme.corner).stroke(Theme.thinLine.color) }
        }
        .buttonStyle(.plain)
    }
}

/// A large tile: what a head does most.
struct Tile: View {
    let text: String
    let icon: String
    var isMain: Bool
    let action: () -> Void

    init(_ text: String, icon: String, isMain: Bool = false, action: @escaping () -> Void) {
        self.text = text
        self.icon = icon
        self.isMain = isMain
        self.action = action
    }

    var body: some View {
        Button(action: action) {
            HStack(spacing: 16) {
                Image(systemName: icon).font(.largeTitle)
                Text(text).font(.title3.weight(.semibold))
                Spacer()
            }
            .padding(16)
            .frame(minHeight: 96)
            .foregroundStyle(isMain ? Theme.onAccent.color : Theme.onAccentPaper.color)
            .background(isMain ? Theme.accent.color : Theme.accentPaper.color)
            .clipShape(RoundedRectangle(cornerRadius: Theme.corner))
        }
        .buttonStyle(.plain)
        .accessibilityIdentifier(isMain ? Tag.mainAction : "")
    }
}
