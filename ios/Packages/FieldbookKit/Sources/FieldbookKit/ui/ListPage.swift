import SwiftUI

/// As `Page`, of a list that may be long: only what is in sight is made.
struct ListPage<Content: View, Corner: View>: View {
    let title: String
    var onBack: (() -> Void)?
    let content: Content
    let corner: Corner

    init(
        _ title: String, onBack: (() -> Void)? = nil, @ViewBuilder content: () -> Content,
        @ViewBuilder corner: () -> Corner = { EmptyView() }
    ) {
        self.title = title
        self.onBack = onBack
        self.content = content()
        self.corner = corner()
    }

    var body: some View {
        ScrollView {
            LazyVStack(alignment: .leading, spacing: 12) {
                PageTitle(title)
                content
            }
            .padding(.horizontal, Theme.pageMargin)
            .padding(.bottom, Theme.pageMargin)
        }
        .scrollDismissesKeyboard(.interactively)
        .pageBar(onBack: onBack) { corner }
    }
}
