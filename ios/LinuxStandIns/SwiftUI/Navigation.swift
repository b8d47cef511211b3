/// What a stack shows, and what the views inside it say about themselves.
@MainActor
final class _Navigation {
    var destinations: [ObjectIdentifier: (Any) -> any View] = [:]
    var bar: [_Node] = []
    var hidesBack = false
}

public struct NavigationPath {}

public struct NavigationStack<Data, Root: View>: View {
    let root: Root
    let path: Binding<[AnyHashable]>
    public init(path: Binding<Data>, @ViewBuilder root: () -> Root)
    where Data: MutableCollection & RandomAccessCollection & RangeReplaceableCollection, Data.Element: Hashable {
        self.root = root()
        self.path = Binding(
            _get: { path.wrappedValue.map { AnyHashable($0) } },
            _set: { path.wrappedValue = Data($0.compactMap { $0.base as? Data.Element }) })
    }
    public init(@ViewBuilder root: () -> Root) where Data == NavigationPath {
        self.root = root()
        path = .constant([])
    }
    /// The last page; those below it keep their state and do not live.
    public func _nodes(_ context: _Context) -> [_Node] {
        let context = context.child("stack")
        let navigation = _Navigation()
        let values = path.wrappedValue
        func page(_ view: any View, _ step: String, depth: Int) -> _Node {
            navigation.hidesBack = false
            let pop: @MainActor () -> Void = { [path] in path.wrappedValue = Array(path.wrappedValue.prefix(depth - 1)) }
            let back = depth == 0 ? nil : pop
            let content = view._nodes(
                context.child(step).with {
                    $0._navigation = navigation
                    if let back { $0.dismiss = DismissAction(run: back) }
                    if depth < values.count { $0._isCovered = true }
                })
            let node = _Node(.page, "", (navigation.bar.isEmpty ? [] : [_Node(.toolbar, "", navigation.bar)]) + content)
            node.press = navigation.hidesBack ? nil : back
            navigation.bar = []  // what stands in it knows the navigation
            return node
        }
        var top = page(root, "root", depth: 0)
        for (index, value) in values.enumerated() {
            guard let make = navigation.destinations[ObjectIdentifier(type(of: value.base))] else {
                return [_Node(.text, "⚠︎ no navigationDestination for \(type(of: value.base))")]
            }
            top = page(make(value.base), "page\(index)", depth: index + 1)
        }
        return [top]
    }
}

extension View {
    public func navigationDestination<D: Hashable, C: View>(for data: D.Type, @ViewBuilder destination: @escaping (D) -> C) -> some View {
        _inside { environment in
            environment._navigation?.destinations[ObjectIdentifier(data)] = { value in
                if let value = value as? D { destination(value) } else { EmptyView() }
            }
        }
    }
    public func navigationTitle<S: StringProtocol>(_ title: S) -> some View { self }
    public func navigationBarTitleDisplayMode(_ mode: NavigationBarItem.TitleDisplayMode) -> some View { self }
    public func navigationBarBackButtonHidden(_ hides: Bool = true) -> some View { _inside { $0._navigation?.hidesBack = hides } }
    public func toolbar<C: ToolbarContent>(@ToolbarContentBuilder content: () -> C) -> some View {
        let items = content()
        return _Modified(content: self) { content, context in
            context.environment._navigation?.bar += items._bar(context.child("toolbar"))
            return content._nodes(context)
        }
    }
    public func toolbar(_ visibility: Visibility, for bars: ToolbarPlacement...) -> some View {
        _Modified(content: self) { content, context in
            if visibility == .hidden, bars.contains(.tabBar), !context.environment._isCovered { context.host.hidesTabBar = true }
            return content._nodes(context)
        }
    }
    public func toolbarBackground(_ visibility: Visibility, for bars: ToolbarPlacement...) -> some View { self }
    public func toolbarRole(_ role: ToolbarRole) -> some View { self }
}

public enum NavigationBarItem {
    public enum TitleDisplayMode: Sendable { case automatic, inline, large }
}
public struct ToolbarRole: Sendable { public static let automatic = Self(), editor = Self() }
public enum ToolbarPlacement: Sendable { case automatic, navigationBar, tabBar }
public struct ToolbarItemPlacement: Sendable {
    public static let automatic = Self(), primaryAction = Self(), confirmationAction = Self(), cancellationAction = Self()
    public static let topBarLeading = Self(), topBarTrailing = Self(), bottomBar = Self(), keyboard = Self(), principal = Self()
}
@MainActor @preconcurrency public protocol ToolbarContent {
    func _bar(_ context: _Context) -> [_Node]
}
public struct ToolbarItem<ID, Content: View>: ToolbarContent {
    let content: Content
    public func _bar(_ context: _Context) -> [_Node] { content._nodes(context) }
}
extension ToolbarItem where ID == () {
    public init(placement: ToolbarItemPlacement = .automatic, @ViewBuilder content: () -> Content) { self.content = content() }
}
public struct _Bar: ToolbarContent {
    let items: [any ToolbarContent]
    public func _bar(_ context: _Context) -> [_Node] { items.enumerated().flatMap { $1._bar(context.child("\($0)")) } }
}
@MainActor @resultBuilder public struct ToolbarContentBuilder {
    public static func buildExpression<C: ToolbarContent>(_ content: C) -> C { content }
    public static func buildBlock<each C: ToolbarContent>(_ content: repeat each C) -> some ToolbarContent {
        var items: [any ToolbarContent] = []
        repeat items.append(each content)
        return _Bar(items: items)
    }
    public static func buildIf<C: ToolbarContent>(_ content: C?) -> some ToolbarContent { _Bar(items: content.map { [$0] } ?? []) }
    public static func buildEither<C: ToolbarContent>(first: C) -> _Bar { _Bar(items: [first]) }
    public static func buildEither<C: ToolbarContent>(second: C) -> _Bar { _Bar(items: [second]) }
}

public struct TabView<SelectionValue: Hashable, Content: View>: View {
    let selection: Binding<SelectionValue>
    let content: Content
    public init(selection: Binding<SelectionValue>, @ViewBuilder content: () -> Content) {
        self.selection = selection
        self.content = content()
    }
    /// Only the chosen tab is on the screen; the others keep their state.
    public func _nodes(_ context: _Context) -> [_Node] {
        let chosen = AnyHashable(selection.wrappedValue)
        context.host.hidesTabBar = false
        var shown: [_Node] = []
        var tabs: [_Node] = []
        for page in content._nodes(context.child("tabs").with { $0._chosenTab = chosen }) {
            if page.tag == chosen { shown = page.children }
            guard let tab = page.options.first else { continue }
            if page.tag == chosen { tab.traits.insert(.isSelected) }
            tab.press = { [tag = page.tag] in if let value = tag?.base as? SelectionValue { selection.wrappedValue = value } }
            tabs.append(tab)
        }
        return context.host.hidesTabBar ? shown : shown + [_Node(.tabBar, "", tabs)]
    }
}

extension View {
    public func tabItem<C: View>(@ViewBuilder _ label: () -> C) -> _TabPage<Self, C> {
        _TabPage(content: self, label: label(), tag: nil)
    }
}
/// A page of a `TabView`: evaluated only while its tab is the chosen one.
public struct _TabPage<Content: View, Label: View>: View {
    let content: Content
    let label: Label
    var tag: AnyHashable?
    public func tag<V: Hashable>(_ tag: V) -> _TabPage { _TabPage(content: content, label: label, tag: AnyHashable(tag)) }
    public func _nodes(_ context: _Context) -> [_Node] {
        let isChosen = tag == context.environment._chosenTab
        let inside = context.child("tab").with { $0._chosenTab = nil }
        if !isChosen { context.host.keep(below: inside.path) }
        let page = _Node(.group, "", isChosen ? content._nodes(inside) : [])
        page.tag = tag
        page.options = [_Node(.tab, label._nodes(context.child("tabItem")).words)]
        return [page]
    }
}
