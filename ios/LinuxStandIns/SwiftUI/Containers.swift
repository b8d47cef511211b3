@MainActor
public protocol _Container: View where Body == Never {
    associatedtype Content: View
    static var _kind: _Node.Kind { get }
    var _content: Content { get }
}
extension _Container {
    public func _nodes(_ context: _Context) -> [_Node] {
        [_Node(Self._kind, "", _content._nodes(context.child("\(Self._kind)")))]
    }
}

public struct VStack<Content: View>: _Container {
    public static var _kind: _Node.Kind { .group }
    public let _content: Content
    public init(alignment: HorizontalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> Content) {
        _content = content()
    }
}
public struct HStack<Content: View>: _Container {
    public static var _kind: _Node.Kind { .group }
    public let _content: Content
    public init(alignment: VerticalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> Content) {
        _content = content()
    }
}
public struct ZStack<Content: View>: _Container {
    public static var _kind: _Node.Kind { .group }
    public let _content: Content
    public init(alignment: Alignment = .center, @ViewBuilder content: () -> Content) { _content = content() }
}
public struct ViewThatFits<Content: View>: View {
    let content: Content
    public init(in axes: Axis.Set = [.horizontal, .vertical], @ViewBuilder content: () -> Content) { self.content = content() }
    /// Layout is not known here: the first one counts as fitting.
    public func _nodes(_ context: _Context) -> [_Node] { Array(content._nodes(context).prefix(1)) }
}
public struct ScrollView<Content: View>: _Container {
    public static var _kind: _Node.Kind { .group }
    public let _content: Content
    public init(_ axes: Axis.Set = .vertical, showsIndicators: Bool = true, @ViewBuilder content: () -> Content) { _content = content() }
}

/// As much of it as has been scrolled to is made, as on a phone; `_scrolled` is what a test scrolls by.
public struct LazyVStack<Content: View>: View {
    let content: Content
    public init(alignment: HorizontalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> Content) {
        self.content = content()
    }
    public func _nodes(_ context: _Context) -> [_Node] {
        [_Node(.list, "", content._nodes(context.child("lazy").with { $0._room = context.environment._scrolled }))]
    }
}

public struct Spacer: View {
    public init(minLength: CGFloat? = nil) {}
    public func _nodes(_ context: _Context) -> [_Node] { [] }
}
public struct Divider: View {
    public init() {}
    public func _nodes(_ context: _Context) -> [_Node] { [] }
}

/// A layout of the app's own: its places are not asked for here, only what it holds.
public struct ProposedViewSize: Equatable, Sendable {
    public var width: CGFloat?
    public var height: CGFloat?
    public init(width: CGFloat?, height: CGFloat?) { self.width = width; self.height = height }
    public static let unspecified = ProposedViewSize(width: nil, height: nil)
}
public struct LayoutSubview {
    public func sizeThatFits(_ proposal: ProposedViewSize) -> CGSize { .zero }
    public func place(at position: CGPoint, anchor: UnitPoint = .topLeading, proposal: ProposedViewSize) {}
}
public struct LayoutSubviews: RandomAccessCollection {
    public var startIndex: Int { 0 }
    public var endIndex: Int { 0 }
    public subscript(index: Int) -> LayoutSubview { LayoutSubview() }
}
public struct UnitPoint: Hashable, Sendable {
    public static let topLeading = Self(), center = Self()
}
public protocol Layout {
    typealias Subviews = LayoutSubviews
    associatedtype Cache = Void
    func sizeThatFits(proposal: ProposedViewSize, subviews: Subviews, cache: inout Cache) -> CGSize
    func placeSubviews(in bounds: CGRect, proposal: ProposedViewSize, subviews: Subviews, cache: inout Cache)
}
extension Layout {
    @MainActor public func callAsFunction<V: View>(@ViewBuilder _ content: () -> V) -> some View {
        VStack { content() }
    }
}

// MARK: Presentations

extension View {
    func _present<C: View>(
        _ kind: String, _ title: String = "", if isOn: Bool, close: @escaping @MainActor () -> Void, closesOnPress: Bool,
        _ content: @escaping () -> C
    ) -> some View {
        _Modified(content: self) { view, context in
            let nodes = view._nodes(context)
            if isOn {
                let slot = context.host.presented.count
                context.host.presented.append([])
                let inside = content()._nodes(
                    context.child(kind).with {
                        $0.dismiss = DismissAction(run: close)
                        $0._pressed = closesOnPress ? close : nil
                        $0._navigation = nil
                        $0._submit = nil
                    })
                context.host.presented[slot] = closesOnPress ? [_Node(.section, title, inside)] : inside
            }
            return nodes
        }
    }
    public func sheet<C: View>(isPresented: Binding<Bool>, onDismiss: (() -> Void)? = nil, @ViewBuilder content: @escaping () -> C)
        -> some View
    {
        _present(
            "sheet", if: isPresented.wrappedValue,
            close: {
                isPresented.wrappedValue = false; onDismiss?()
            }, closesOnPress: false, content)
    }
    public func sheet<I: Identifiable, C: View>(item: Binding<I?>, onDismiss: (() -> Void)? = nil, @ViewBuilder content: @escaping (I) -> C)
        -> some View
    {
        _present(
            "sheet", if: item.wrappedValue != nil,
            close: {
                item.wrappedValue = nil; onDismiss?()
            }, closesOnPress: false
        ) {
            item.wrappedValue.map { content($0) }
        }
    }
    public func fullScreenCover<I: Identifiable, C: View>(
        item: Binding<I?>, onDismiss: (() -> Void)? = nil, @ViewBuilder content: @escaping (I) -> C
    ) -> some View {
        sheet(item: item, onDismiss: onDismiss, content: content)
    }
    public func fullScreenCover<C: View>(
        isPresented: Binding<Bool>, onDismiss: (() -> Void)? = nil, @ViewBuilder content: @escaping () -> C
    ) -> some View {
        sheet(isPresented: isPresented, onDismiss: onDismiss, content: content)
    }
    public func alert<S: StringProtocol, A: View, M: View>(
        _ title: S, isPresented: Binding<Bool>, @ViewBuilder actions: () -> A, @ViewBuilder message: () -> M
    ) -> some View {
        let parts = TupleView(value: (), parts: [message(), actions()])
        return _present(
            "alert", String(title), if: isPresented.wrappedValue, close: { isPresented.wrappedValue = false }, closesOnPress: true
        ) { parts }
    }
}
