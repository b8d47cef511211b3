final class _EnvironmentLocation: @unchecked Sendable { var values: EnvironmentValues? }

@propertyWrapper
public struct Environment<Value>: DynamicProperty, _Linked {
    let location = _EnvironmentLocation()
    let read: (EnvironmentValues) -> Value
    public init(_ keyPath: KeyPath<EnvironmentValues, Value>) { read = { $0[keyPath: keyPath] } }
    public init(_ type: Value.Type) where Value: AnyObject & Observable {
        read = {
            guard let object = $0._objects[ObjectIdentifier(type)] as? Value else {
                fatalError("No Observable object of type \(type) found. A View.environment(_:) may be missing above.")
            }
            return object
        }
    }
    public init<T: AnyObject & Observable>(_ type: T.Type) where Value == T? {
        read = { $0._objects[ObjectIdentifier(type)] as? T }
    }
    public var wrappedValue: Value { read(location.values ?? EnvironmentValues()) }
    func _link(_ context: _Context, _ key: String) { location.values = context.environment }
}

public protocol EnvironmentKey {
    associatedtype Value
    static var defaultValue: Value { get }
}

public enum ScenePhase: Sendable { case background, inactive, active }
public enum ColorScheme: Sendable { case light, dark }
public enum UserInterfaceSizeClass: Sendable { case compact, regular }

public struct DismissAction {
    let run: @MainActor () -> Void
    @MainActor public func callAsFunction() { run() }
}
public struct OpenURLAction {
    @MainActor public func callAsFunction(_ url: URL) {}
}

public struct EnvironmentValues {
    var _objects: [ObjectIdentifier: AnyObject] = [:]
    var _keys: [ObjectIdentifier: Any] = [:]
    var _submit: (() -> Void)?
    var _pressed: (@MainActor () -> Void)?
    var _navigation: _Navigation?
    var _isCovered = false
    var _chosenTab: AnyHashable?
    var _room: Int?
    /// How many lines of a long list have been scrolled to.
    public var _scrolled = 60
    public var isEnabled = true
    public var scenePhase = ScenePhase.active
    public var colorScheme = ColorScheme.light
    public var horizontalSizeClass: UserInterfaceSizeClass? = .compact
    public var locale = Locale(identifier: "vi")
    public var dynamicTypeSize = DynamicTypeSize.large
    public var displayScale: CGFloat = 2
    public var accessibilityVoiceOverEnabled = false
    public var dismiss = DismissAction {}
    public var openURL = OpenURLAction()
    public init() {}
    public subscript<K: EnvironmentKey>(key: K.Type) -> K.Value {
        get { _keys[ObjectIdentifier(key)] as? K.Value ?? K.defaultValue }
        set { _keys[ObjectIdentifier(key)] = newValue }
    }
}

extension View {
    public func environment<T: AnyObject & Observable>(_ object: T?) -> some View {
        _inside { $0._objects[ObjectIdentifier(T.self)] = object }
    }
    public func environment<V>(_ keyPath: WritableKeyPath<EnvironmentValues, V>, _ value: V) -> some View {
        _inside { $0[keyPath: keyPath] = value }
    }
    public func focused(_ condition: FocusState<Bool>.Binding) -> some View { self }
    public func focused<V: Hashable>(_ binding: FocusState<V>.Binding, equals value: V) -> some View { self }
}
