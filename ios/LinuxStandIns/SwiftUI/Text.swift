public struct Text: Equatable, Sendable {
    let string: String
    public init(verbatim content: String) { string = content }
    public init<S: StringProtocol>(_ content: S) { string = String(content) }
    public static func + (a: Text, b: Text) -> Text { Text(verbatim: a.string + b.string) }
    public func font(_ font: Font?) -> Text { self }
    public func bold() -> Text { self }
    public func fontWeight(_ weight: Font.Weight?) -> Text { self }
    public func foregroundStyle<S: ShapeStyle>(_ style: S) -> Text { self }
}
extension Text: View {
    public typealias Body = Never
    public func _nodes(_ context: _Context) -> [_Node] { string.isEmpty ? [] : [_Node(.text, string)] }
}

public struct Image: View, Sendable {
    let isHidden: Bool
    public init(systemName: String) { isHidden = true }
    public init(uiImage: UIImage) { isHidden = false }
    public func resizable() -> Image { self }
    public func interpolation(_ interpolation: Interpolation) -> Image { self }
    public enum Interpolation: Sendable { case none, low, medium, high }
    public func _nodes(_ context: _Context) -> [_Node] {
        let node = _Node(.image)
        node.isHidden = isHidden
        return [node]
    }
}

public struct Label<Title: View, Icon: View>: View {
    let title: Title
    public init(@ViewBuilder title: () -> Title, @ViewBuilder icon: () -> Icon) { self.title = title(); _ = icon() }
    public func _nodes(_ context: _Context) -> [_Node] { title._nodes(context) }
}
extension Label where Title == Text, Icon == Image {
    public init<S: StringProtocol>(_ title: S, systemImage: String) { self.title = Text(title) }
}
