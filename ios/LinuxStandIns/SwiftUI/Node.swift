/// One thing on the screen, as a screen reader would come upon it.
@MainActor
public final class _Node {
    public enum Kind: String, Sendable {
        case text, image, button, textField, secureField, textEditor, toggle, picker, datePicker, progress, link
        case searchField, group, section, list, toolbar, page, tabBar, tab, pinned, controller
    }
    public var kind: Kind
    public var label: String
    public var value: String?
    public var identifier: String?
    public var hint: String?
    public var traits: AccessibilityTraits = []
    public var isEnabled = true
    public var isHidden = false
    public var children: [_Node]
    public var options: [_Node] = []
    /// What UIKit would show here.
    public var controller: AnyObject?
    var tag: AnyHashable?
    var press: (@MainActor () -> Void)?
    var type: (@MainActor (String) -> Void)?
    var setDate: (@MainActor (Date) -> Void)?
    var submit: (() -> Void)?
    var refresh: (@Sendable () async -> Void)?
    /// Takes what was chosen in a system's picker.
    public var give: (@MainActor (Any) -> Void)?

    public init(_ kind: Kind, _ label: String = "", _ children: [_Node] = [], context: _Context? = nil) {
        self.kind = kind
        self.label = label
        self.children = children
        if let context {
            isEnabled = context.environment.isEnabled
            submit = context.environment._submit
        }
    }

    /// The words of this node and what is in it, as a screen reader would join them.
    var words: String {
        ([label] + children.filter { !$0.isHidden }.map(\.words)).filter { !$0.isEmpty }.joined(separator: ", ")
    }
}

extension [_Node] {
    @MainActor var words: String { filter { !$0.isHidden }.map(\.words).filter { !$0.isEmpty }.joined(separator: ", ") }
}

// A failing #expect(screen.has(…)) reflects every value in it, all the way down, on a thread with a
// small stack: without this the test program would end with signal 11 instead of a message.
extension _Node: CustomReflectable {
    public nonisolated var customMirror: Mirror { Mirror(self, children: [:]) }
}
