import SwiftUI

/// The frame of every page: a title that scrolls away, the content, and the main action pinned where the thumb is.
///
/// `onBack`: what back does, where it is more than leaving the page; else the system's own way back is there.
struct Page<Content: View, Corner: View, Actions: View>: View {
    let title: String
    var onBack: (() -> Void)?
    var hasActions: Bool
    let content: Content
    let corner: Corner
    let actions: Actions

    init(
        _ title: String, onBack: (() -> Void)? = nil, hasActions: Bool = Actions.self != EmptyView.self,
        @ViewBuilder content: () -> Content, @ViewBuilder corner: () -> Corner = { EmptyView() },
        @ViewBuilder actions: () -> Actions = { EmptyView() }
    ) {
        self.title = title
        self.onBack = onBack
        self.hasActions = hasActions
        self.content = content()
        self.corner = corner()
        self.actions = actions()
    }

    var body: some View {
        ScrollView {
            VStack(alignment: .leading, spacing: 12) {
                PageTitle(title)
                content
            }
            .frame(maxWidth: .infinity, alignment: .leading)
            .padding(.horizontal, Theme.pageMargin)
            .padding(.bottom, Theme.pageMargin)
        }
        .scrollDismissesKeyboard(.interactively)
        .safeAreaInset(edge: .bottom, spacing: 0) {
            if hasActions { PinnedActions { actions } }
        }
        .pageBar(onBack: onBack) { corner }
    }
}

/// The title of a page. It wraps: the bar's own titles are cut when words are large.
struct PageTitle: View {
    let title: String

    init(_ title: String) { self.title = title }

    var body: some View {
        Text(title)
            .font(.pageTitle)
            .fixedSize(horizontal: false, vertical: true)
            .accessibilityAddTraits(.isHeader)
            .accessibilityIdentifier(Tag.title)
    }
}

/// What one does here: stays in sight while the page scrolls.
struct PinnedActions<Content: View>: View {
    let content: Content

    init(@ViewBuilder content: () -> Content) { self.content = content() }

    var body: some View {
        VStack(spacing: 0) {
            Divider()
            VStack(spacing: 8) { content }
                .padding(.horizontal, Theme.pageMargin)
                .padding(.vertical, 8)
        }
        .background(Theme.paper.color)
    }
}

/// A page that asks one thing; "Bước 2 trên 5" above the question.
struct QuestionPage<Content: View, Actions: View>: View {
    let question: String
    let step: Int
    let steps: Int
    let onBack: () -> Void
    var hasActions: Bool
    let content: Content
    let actions: Actions
    @Environment(\.words) private var words

    init(
        _ question: String, step: Int, steps: Int, onBack: @escaping () -> Void, hasActions: Bool = Actions.self != EmptyView.self,
        @ViewBuilder content: () -> Content, @ViewBuilder actions: () -> Actions = { EmptyView() }
    ) {
        self.question = question
        self.step = step
        self.steps = steps
        self.onBack = onBack
        self.hasActions = hasActions
        self.content = content()
        self.actions = actions()
    }

    var body: some View {
        Page(question, onBack: onBack, hasActions: hasActions) {
            content
        } corner: {
            Text(words(.commonStep, step, steps)).font(.small)
        } actions: {
            actions
        }
    }
}

/// A heading inside a page.
struct SectionTitle: View {
    let text: String

    init(_ text: String) { self.text = text }

    var body: some View {
        Text(text)
            .font(.sectionTitle)
            .padding(.top, 12)
            .accessibilityAddTraits(.isHeader)
    }
}

extension View {
    /// The bar above a page: the way back, and what sits in the corner.
    func pageBar<Corner: View>(onBack: (() -> Void)?, @ViewBuilder corner: () -> Corner) -> some View {
        modifier(PageBar(onBack: onBack, corner: corner()))
    }
}

private struct PageBar<Corner: View>: ViewModifier {
    let onBack: (() -> Void)?
    let corner: Corner
    @Environment(\.words) private var words

    func body(content: Content) -> some View {
        content
            .navigationBarTitleDisplayMode(.inline)
            .navigationBarBackButtonHidden(onBack != nil)
            .toolbar {
                if let onBack {
                    ToolbarItem(placement: .topBarLeading) {
                        Button(words(.actionBack), systemImage: "chevron.backward", action: onBack)
                    }
                }
                ToolbarItem(placement: .topBarTrailing) { corner }
            }
    }
}
