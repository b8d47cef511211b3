@_exported import UIKit
// A SwiftUI for Linux: the signatures an app of forms uses, and enough behaviour to turn a view into
// a tree of what a person finds on the screen. It draws nothing and lays nothing out.
@_exported import Foundation
@_exported import Observation

@MainActor @preconcurrency
public protocol View {
    associatedtype Body: View
    @ViewBuilder @MainActor @preconcurrency var body: Body { get }
    @MainActor func _nodes(_ context: _Context) -> [_Node]
}

extension View {
    /// What a view of the app's own does: find its state again, then ask its body.
    public func _nodes(_ context: _Context) -> [_Node] {
        let context = context.child("\(Self.self)")
        _link(self, context)
        return body._nodes(context)
    }
}

extension View where Body == Never {
    public var body: Never { fatalError("\(Self.self) has no body") }
}

extension Never: View {
    public var body: Never { fatalError() }
    public func _nodes(_ context: _Context) -> [_Node] { [] }
}

@MainActor
func _link(_ value: Any, _ context: _Context) {
    for (index, child) in Mirror(reflecting: value).children.enumerated() {
        let key = context.path + "." + (child.label ?? "\(index)")
        if let property = child.value as? any _Linked {
            property._link(context, key)
        } else if child.value is any DynamicProperty {
            _link(child.value, context.child(key))
        }
    }
}

/// Where in the tree a view is evaluated, and with what around it.
@MainActor
public struct _Context {
    var path: String
    var environment: EnvironmentValues
    let host: _Host

    func child(_ step: String) -> _Context {
        var copy = self
        copy.path += "/" + step
        return copy
    }
    func with(_ change: (inout EnvironmentValues) -> Void) -> _Context {
        var copy = self
        change(&copy.environment)
        return copy
    }
}

@MainActor @resultBuilder
public struct ViewBuilder {
    public static func buildBlock() -> EmptyView { EmptyView() }
    public static func buildBlock<Content: View>(_ content: Content) -> Content { content }
    public static func buildBlock<each Content: View>(
        _ content: repeat each Content
    ) -> TupleView<(repeat each Content)> {
        var parts: [any View] = []
        repeat parts.append(each content)
        return TupleView(value: (repeat each content), parts: parts)
    }
    public static func buildExpression<Content: View>(_ content: Content) -> Content { content }
    public static func buildIf<Content: View>(_ content: Content?) -> Content? { content }
    public static func buildEither<T: View, F: View>(first: T) -> _ConditionalContent<T, F> { .first(first) }
    public static func buildEither<T: View, F: View>(second: F) -> _ConditionalContent<T, F> { .second(second) }
    public static func buildLimitedAvailability<Content: View>(_ content: Content) -> AnyView { AnyView(content) }
}

public struct TupleView<T>: View {
    public var value: T
    var parts: [any View]
    public func _nodes(_ context: _Context) -> [_Node] {
        parts.enumerated().flatMap { $1._nodes(context.child("\($0)")) }
    }
}

public enum _ConditionalContent<T: View, F: View>: View {
    case first(T), second(F)
    public func _nodes(_ context: _Context) -> [_Node] {
        switch self {
        case .first(let view): view._nodes(context.child("then"))
        case .second(let view): view._nodes(context.child("else"))
        }
    }
}

extension Optional: View where Wrapped: View {
    public typealias Body = Never
    public func _nodes(_ context: _Context) -> [_Node] { map { $0._nodes(context.child("some")) } ?? [] }
}

public struct EmptyView: View {
    nonisolated public init() {}
    public func _nodes(_ context: _Context) -> [_Node] { [] }
}

public struct AnyView: View {
    let view: any View
    public init<V: View>(_ view: V) { self.view = view }
    public init(erasing view: some View) { self.view = view }
    public func _nodes(_ context: _Context) -> [_Node] { view._nodes(context.child("\(type(of: view))")) }
}

public struct ForEach<Data: RandomAccessCollection, ID: Hashable, Content> {
    let data: Data
    let id: KeyPath<Data.Element, ID>
    let content: (Data.Element) -> Content
}

extension ForEach: View where Content: View {
    public typealias Body = Never
    public init(_ data: Data, id: KeyPath<Data.Element, ID>, @ViewBuilder content: @escaping (Data.Element) -> Content) {
        self.data = data
        self.id = id
        self.content = content
    }
    public init(_ data: Data, @ViewBuilder content: @escaping (Data.Element) -> Content)
    where Data.Element: Identifiable, ID == Data.Element.ID {
        self.init(data, id: \.id, content: content)
    }
    public init(_ data: Range<Int>, @ViewBuilder content: @escaping (Int) -> Content) where Data == Range<Int>, ID == Int {
        self.init(data, id: \.self, content: content)
    }
    public init<C: MutableCollection & RandomAccessCollection>(
        _ data: Binding<C>, @ViewBuilder content: @escaping (Binding<C.Element>) -> Content
    ) where Data == _Bindings<C>, C.Element: Identifiable, ID == C.Element.ID, C.Index: Hashable {
        self.init(_Bindings(base: data), id: \.wrappedValue.id, content: content)
    }
    public func _nodes(_ context: _Context) -> [_Node] {
        data.prefix(context.environment._room ?? .max).flatMap { element in
            let id = element[keyPath: id]
            let nodes = content(element)._nodes(context.child("#\(id)"))
            for node in nodes where node.tag == nil { node.tag = AnyHashable(id) }
            return nodes
        }
    }
}

public struct _Bindings<Base: MutableCollection & RandomAccessCollection>: RandomAccessCollection {
    let base: Binding<Base>
    public var startIndex: Base.Index { base.wrappedValue.startIndex }
    public var endIndex: Base.Index { base.wrappedValue.endIndex }
    public func index(after i: Base.Index) -> Base.Index { base.wrappedValue.index(after: i) }
    public func index(before i: Base.Index) -> Base.Index { base.wrappedValue.index(before: i) }
    public subscript(position: Base.Index) -> Binding<Base.Element> {
        Binding(_get: { base.wrappedValue[position] }, _set: { base.wrappedValue[position] = $0 })
    }
}

public struct Group<Content: View>: View {
    let content: Content
    public init(@ViewBuilder content: () -> Content) { self.content = content() }
    public func _nodes(_ context: _Context) -> [_Node] { content._nodes(context) }
}

/// A view with something done to its context before, and to its nodes after, it is evaluated.
struct _Modified<Content: View>: View {
    let content: Content
    let evaluate: (Content, _Context) -> [_Node]
    func _nodes(_ context: _Context) -> [_Node] { evaluate(content, context) }
}

extension View {
    func _inside(_ change: @escaping (inout EnvironmentValues) -> Void) -> some View {
        _Modified(content: self) { $0._nodes($1.with(change)) }
    }
    func _after(_ change: @escaping ([_Node], _Context) -> [_Node]) -> some View {
        _Modified(content: self) { change($0._nodes($1), $1) }
    }
    func _each(_ change: @escaping (_Node) -> Void) -> some View {
        _after { nodes, _ in
            for node in nodes { change(node) }
            return nodes
        }
    }
}

/// Something done to a view, with state and environment of its own.
@MainActor @preconcurrency
public protocol ViewModifier {
    associatedtype Body: View
    typealias Content = _ViewModifier_Content<Self>
    @ViewBuilder func body(content: Content) -> Body
}
public struct _ViewModifier_Content<Modifier: ViewModifier>: View {
    let view: any View
    public func _nodes(_ context: _Context) -> [_Node] { view._nodes(context.child("content")) }
}
public struct ModifiedContent<Content: View, Modifier: ViewModifier>: View {
    let content: Content
    let modifier: Modifier
    public func _nodes(_ context: _Context) -> [_Node] {
        let context = context.child("\(Modifier.self)")
        _link(modifier, context)
        return modifier.body(content: _ViewModifier_Content(view: content))._nodes(context)
    }
}
extension View {
    public func modifier<T: ViewModifier>(_ modifier: T) -> ModifiedContent<Self, T> { ModifiedContent(content: self, modifier: modifier) }
}
