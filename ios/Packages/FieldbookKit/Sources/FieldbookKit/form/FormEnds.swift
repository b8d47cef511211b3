import FieldbookCore
import SwiftUI

extension View {
    /// What a form tells the page it is on: it has a draft, it was saved, it was left; and the page tells it that it goes out of sight.
    func formEnds<Shape: FormShape>(
        _ state: FormState<Shape>, onDraft: @escaping (String) -> Void, onSave: @escaping (Saved) -> Void,
        onLeave: @escaping () -> Void, onHide: @escaping () -> Void
    ) -> some View {
        modifier(
            FormEnds(
                draftId: state.open?.draftId, saved: state.saved, isLeft: state.isLeft, onDraft: onDraft, onSave: onSave, onLeave: onLeave,
                onHide: onHide))
    }
}

private struct FormEnds: ViewModifier {
    let draftId: String?
    let saved: Saved?
    let isLeft: Bool
    let onDraft: (String) -> Void
    let onSave: (Saved) -> Void
    let onLeave: () -> Void
    let onHide: () -> Void
    @Environment(\.scenePhase) private var phase

    func body(content: Content) -> some View {
        content
            .onChange(of: draftId) { if let draftId { onDraft(draftId) } }
            .onChange(of: saved) { if let saved { onSave(saved) } }
            .onChange(of: isLeft) { if isLeft { onLeave() } }
            .onChange(of: phase) { if phase != .active { onHide() } }
            .onDisappear(perform: onHide)
    }
}
