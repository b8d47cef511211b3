import FieldbookCore
import SwiftUI

struct BookScreen: View {
    let fieldbook: any FieldbookProtocol
    let onGo: Go
    @SceneStorage("book_asked") private var kept: Data?

    init(_ fieldbook: any FieldbookProtocol, onGo: @escaping Go) {
        self.fieldbook = fieldbook
        self.onGo = onGo
    }

    var body: some View { Asking(fieldbook, asked: BookFilter(kept: kept), onKeep: { kept = $0 }, onGo: onGo) }
}

/// Begins with the filters as they were kept.
private struct Asking: View {
    let onKeep: (Data?) -> Void
    let onGo: Go
    @State private var model: BookModel

    init(_ fieldbook: any FieldbookProtocol, asked: BookFilter, onKeep: @escaping (Data?) -> Void, onGo: @escaping Go) {
        self.onKeep = onKeep
        self.onGo = onGo
        _model = State(initialValue: BookModel(fieldbook, asked: asked))
    }

    var body: some View {
        BookContent(state: model.state, onAsk: model.ask, onMore: model.more, onGo: onGo)
            .task { await model.follow() }
            .onChange(of: model.state.asked) { _, asked in onKeep(asked.kept) }
    }
}
