extension Screen {
    /// The screen as lines a person can read as the screen:
    ///
    ///     # Title            [Button]  [[Main action]]  [Button] (off)
    ///     ## Section         (•) chosen  ( ) not chosen
    ///     Label: ‹typed›     [x] on      [ ] off
    public var outline: String { nodes.flatMap { Self.lines($0) }.joined(separator: "\n") }

    private static func lines(_ node: _Node) -> [String] {
        if node.isHidden { return [] }
        switch node.kind {
        case .group, .list: return inside(node)
        case .page: return (node.press == nil ? [] : ["‹ back"]) + inside(node)
        case .section: return (node.label.isEmpty ? [] : ["== \(node.label)"]) + inside(node)
        case .toolbar: return inside(node)
        case .pinned: return ["────"] + inside(node)
        case .tabBar:
            return ["════", node.children.map { $0.traits.contains(.isSelected) ? "<\($0.label)>" : $0.label }.joined(separator: " | ")]
        default: return [line(node)]
        }
    }

    private static func inside(_ node: _Node) -> [String] { node.children.flatMap { lines($0) } }

    private static func line(_ node: _Node) -> String {
        let off = node.isEnabled ? "" : " (off)"
        let hint = node.hint.map { " {\($0)}" } ?? ""
        return switch node.kind {
        case .text where node.traits.contains(.isHeader): (node.identifier == "title" ? "# " : "## ") + node.label
        case .text: node.value.map { "\(node.label): \($0)" } ?? node.label
        case .button, .link, .tab: button(node) + off + hint
        case .toggle: (node.value == "1" ? "[x] " : "[ ] ") + node.label + off + hint
        case .textField, .secureField, .textEditor, .searchField: "\(node.label): ‹\(node.value ?? "")›" + off + hint
        case .picker: "\(node.label): ‹\(node.value ?? "")› of " + node.options.map(\.label).joined(separator: " / ") + off
        case .datePicker: "\(node.label): ‹\(node.value ?? "")›" + off
        case .progress: "… " + [node.label, node.value ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
        case .image: "(picture) \(node.label)"
        case .controller: "(system) \(node.label)"
        case .group, .list, .section, .toolbar, .page, .tabBar, .pinned: ""
        }
    }

    private static func button(_ node: _Node) -> String {
        let words = node.label + (node.value.map { " = \($0)" } ?? "")
        if node.traits.contains(.isSelected) { return "(•) \(words)" }
        if node.identifier == "choice" { return "( ) \(words)" }
        return node.identifier == "main_action" ? "[[\(words)]]" : "[\(words)]"
    }
}
