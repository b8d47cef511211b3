import SwiftUI

/// The three places, each with the pages above it.
struct BottomBar<Page: View>: View {
    let stack: Stack
    @ViewBuilder let page: (Place) -> Page
    @Environment(\.words) private var words

    var body: some View {
        TabView(selection: Binding(get: { stack.root }, set: { stack.go($0) })) {
            StackPages(stack: stack, root: .today, page: page)
                .tabItem { Label(words(.placeToday), systemImage: "sun.max") }
                .tag(Place.today)
            StackPages(stack: stack, root: .book, page: page)
                .tabItem { Label(words(.placeBook), systemImage: "book.closed") }
                .tag(Place.book)
            StackPages(stack: stack, root: .outbox, page: page)
                .tabItem { Label(words(.placeOutbox), systemImage: "arrow.up.arrow.down") }
                .tag(Place.outbox)
        }
    }
}

/// Draws the last page above this place. Each page has its own models until one goes back from it.
struct StackPages<Page: View>: View {
    let stack: Stack
    let root: Place
    @ViewBuilder let page: (Place) -> Page

    var body: some View {
        NavigationStack(path: path) {
            page(root).navigationDestination(for: Stack.Entry.self) { entry in
                page(entry.place).id(entry.key).toolbar(.hidden, for: .tabBar)
            }
        }
    }

    private var path: Binding<[Stack.Entry]> {
        Binding(
            get: { stack.root == root ? stack.entries : [] },
            set: { if stack.root == root { stack.entries = $0 } })
    }
}
