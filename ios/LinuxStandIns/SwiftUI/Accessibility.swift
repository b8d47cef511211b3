// What a person, or a screen reader, notices.

extension View {
    public func disabled(_ disabled: Bool) -> some View { _inside { $0.isEnabled = $0.isEnabled && !disabled } }
    public func tag<V: Hashable>(_ tag: V) -> some View { _each { $0.tag = AnyHashable(tag) } }
    public func accessibilityLabel<S: StringProtocol>(_ label: S) -> some View { _each { $0.label = String(label) } }
    public func accessibilityValue<S: StringProtocol>(_ value: S) -> some View { _each { $0.value = String(value) } }
    public func accessibilityHint<S: StringProtocol>(_ hint: S) -> some View { _each { $0.hint = String(hint) } }
    public func accessibilityIdentifier(_ identifier: String) -> some View { _each { $0.identifier = identifier } }
    public func accessibilityHidden(_ hidden: Bool) -> some View { _each { $0.isHidden = hidden } }
    public func accessibilityAddTraits(_ traits: AccessibilityTraits) -> some View { _each { $0.traits.formUnion(traits) } }
    public func accessibilityRemoveTraits(_ traits: AccessibilityTraits) -> some View { _each { $0.traits.subtract(traits) } }
    public func accessibilityElement(children: AccessibilityChildBehavior = .ignore) -> some View {
        _after { nodes, _ in
            switch children {
            case .contain: return nodes
            case .combine: return [_Node(.text, nodes.words)]
            case .ignore: return [_Node(.text, "")]
            }
        }
    }
}
public struct AccessibilityTraits: OptionSet, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }
    public static let isButton = Self(rawValue: 1), isHeader = Self(rawValue: 2), isSelected = Self(rawValue: 4),
        updatesFrequently = Self(rawValue: 8)
}
public enum AccessibilityChildBehavior: Sendable { case ignore, contain, combine }
/// What is read out at once, whatever is being read.
public enum AccessibilityNotification {
    public struct Announcement: Sendable {
        public init(_ announcement: String) {}
        public func post() {}
    }
}
