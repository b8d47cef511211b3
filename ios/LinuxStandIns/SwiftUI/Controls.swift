public struct ButtonRole: Equatable, Sendable {
    let name: String
    public static let destructive = ButtonRole(name: "destructive")
    public static let cancel = ButtonRole(name: "cancel")
}

public struct Button<Label: View>: View {
    let label: Label
    let role: ButtonRole?
    let action: () -> Void
    public init(action: @escaping () -> Void, @ViewBuilder label: () -> Label) {
        self.init(role: nil, action: action, label: label)
    }
    public init(role: ButtonRole?, action: @escaping () -> Void, @ViewBuilder label: () -> Label) {
        self.label = label()
        self.role = role
        self.action = action
    }
    public func _nodes(_ context: _Context) -> [_Node] {
        let children = label._nodes(context.child("label"))
        let node = _Node(.button, children.words, children, context: context)
        let after = context.environment._pressed
        node.press = {
            action(); after?()
        }
        node.value = role?.name
        return [node]
    }
}
extension Button where Label == Text {
    public init<S: StringProtocol>(_ title: S, role: ButtonRole? = nil, action: @escaping () -> Void) {
        self.init(role: role, action: action) { Text(title) }
    }
}
extension Button where Label == SwiftUI.Label<Text, Image> {
    public init<S: StringProtocol>(_ title: S, systemImage: String, role: ButtonRole? = nil, action: @escaping () -> Void) {
        self.init(role: role, action: action) { SwiftUI.Label(title, systemImage: systemImage) }
    }
}

@MainActor
func _field(_ kind: _Node.Kind, _ label: String, _ text: Binding<String>, _ context: _Context) -> [_Node] {
    let node = _Node(kind, label, context: context)
    node.value = kind == .secureField ? String(repeating: "•", count: text.wrappedValue.count) : text.wrappedValue
    node.type = { text.wrappedValue = $0 }
    return [node]
}

public struct TextField<Label: View>: View {
    let label: Label
    let text: Binding<String>
    public init(text: Binding<String>, prompt: Text? = nil, axis: Axis = .horizontal, @ViewBuilder label: () -> Label) {
        self.text = text
        self.label = label()
    }
    public func _nodes(_ context: _Context) -> [_Node] { _field(.textField, label._nodes(context).words, text, context) }
}
extension TextField where Label == Text {
    public init<S: StringProtocol>(_ title: S, text: Binding<String>, prompt: Text? = nil, axis: Axis = .horizontal) {
        self.init(text: text) { Text(title) }
    }
}

public struct SecureField<Label: View>: View {
    let label: Label
    let text: Binding<String>
    public init(text: Binding<String>, prompt: Text? = nil, @ViewBuilder label: () -> Label) {
        self.text = text
        self.label = label()
    }
    public func _nodes(_ context: _Context) -> [_Node] { _field(.secureField, label._nodes(context).words, text, context) }
}
extension SecureField where Label == Text {
    public init<S: StringProtocol>(_ title: S, text: Binding<String>, prompt: Text? = nil) { self.init(text: text) { Text(title) } }
}

public struct TextEditor: View {
    let text: Binding<String>
    public init(text: Binding<String>) { self.text = text }
    public func _nodes(_ context: _Context) -> [_Node] { _field(.textEditor, "", text, context) }
}

public struct Toggle<Label: View>: View {
    let isOn: Binding<Bool>
    let label: Label
    public init(isOn: Binding<Bool>, @ViewBuilder label: () -> Label) {
        self.isOn = isOn
        self.label = label()
    }
    public func _nodes(_ context: _Context) -> [_Node] {
        let node = _Node(.toggle, label._nodes(context).words, context: context)
        node.value = isOn.wrappedValue ? "1" : "0"
        node.press = { isOn.wrappedValue.toggle() }
        return [node]
    }
}
extension Toggle where Label == Text {
    public init<S: StringProtocol>(_ title: S, isOn: Binding<Bool>) { self.init(isOn: isOn) { Text(title) } }
}

public struct Picker<Label: View, SelectionValue: Hashable, Content: View>: View {
    let selection: Binding<SelectionValue>
    let content: Content
    let label: Label
    public init(selection: Binding<SelectionValue>, @ViewBuilder content: () -> Content, @ViewBuilder label: () -> Label) {
        self.selection = selection
        self.content = content()
        self.label = label()
    }
    public func _nodes(_ context: _Context) -> [_Node] {
        let node = _Node(.picker, label._nodes(context).words, context: context)
        node.options = content._nodes(context.child("options")).compactMap { option in
            guard let value = option.tag?.base as? SelectionValue else { return nil }
            let choice = _Node(.button, option.words)
            choice.press = { selection.wrappedValue = value }
            if value == selection.wrappedValue { node.value = choice.label }
            return choice
        }
        return [node]
    }
}
extension Picker where Label == Text {
    public init<S: StringProtocol>(_ title: S, selection: Binding<SelectionValue>, @ViewBuilder content: () -> Content) {
        self.init(selection: selection, content: content) { Text(title) }
    }
}

public struct DatePickerComponents: OptionSet, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }
    public static let date = Self(rawValue: 1)
    public static let hourAndMinute = Self(rawValue: 2)
}
public struct DatePicker<Label: View>: View {
    let selection: Binding<Date>
    let label: Label
    public typealias Components = DatePickerComponents
    public func _nodes(_ context: _Context) -> [_Node] {
        let node = _Node(.datePicker, label._nodes(context).words, context: context)
        node.value = "\(selection.wrappedValue)"
        node.setDate = { selection.wrappedValue = $0 }
        return [node]
    }
}
extension DatePicker where Label == Text {
    public init<S: StringProtocol>(
        _ title: S, selection: Binding<Date>, in range: ClosedRange<Date>, displayedComponents: Components = [.hourAndMinute, .date]
    ) {
        self.init(selection: selection, label: Text(title))
    }
}

public struct ProgressView: View {
    let label: String
    let value: Double?
    public init() { label = ""; value = nil }
    public init<S: StringProtocol>(_ title: S) { label = String(title); value = nil }
    public init<V: BinaryFloatingPoint>(value: V?, total: V = 1) { label = ""; self.value = value.map { Double($0 / total) } }
    public func _nodes(_ context: _Context) -> [_Node] {
        let node = _Node(.progress, label)
        node.value = value.map { "\($0)" }
        return [node]
    }
}

public struct Link<Label: View>: View {
    let label: Label
    let destination: URL
    public init(destination: URL, @ViewBuilder label: () -> Label) {
        self.destination = destination
        self.label = label()
    }
    public func _nodes(_ context: _Context) -> [_Node] {
        let node = _Node(.link, label._nodes(context).words, context: context)
        node.value = destination.absoluteString
        node.press = { context.environment.openURL(destination) }
        return [node]
    }
}
