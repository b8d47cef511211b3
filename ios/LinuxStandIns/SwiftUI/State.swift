public protocol DynamicProperty {
    mutating func update()
}
extension DynamicProperty { public mutating func update() {} }

@MainActor
protocol _Linked {
    func _link(_ context: _Context, _ key: String)
}

final class _Box: @unchecked Sendable {
    var value: Any
    let host: _Host?
    init(_ value: Any, host: _Host?) {
        self.value = value
        self.host = host
    }
}

final class _Location<Value>: @unchecked Sendable {
    let initial: Value
    var box: _Box?
    init(_ initial: Value) { self.initial = initial }
    var value: Value {
        get { box.map { $0.value as! Value } ?? initial }
        set {
            guard let box else { return print("SwiftUI: state written outside of a view; dropped") }
            box.value = newValue
            box.host?.dirty.set()
        }
    }
    @MainActor func link(_ context: _Context, _ key: String) {
        box = context.host.box(key) { initial }
    }
}

@propertyWrapper
public struct State<Value>: DynamicProperty, _Linked {
    let location: _Location<Value>
    public init(wrappedValue: Value) { location = _Location(wrappedValue) }
    public init(initialValue: Value) { location = _Location(initialValue) }
    public var wrappedValue: Value {
        get { location.value }
        nonmutating set { location.value = newValue }
    }
    public var projectedValue: Binding<Value> {
        let location = location
        return Binding(_get: { location.value }, _set: { location.value = $0 })
    }
    func _link(_ context: _Context, _ key: String) { location.link(context, key) }
}
extension State: Sendable where Value: Sendable {}
extension State where Value: ExpressibleByNilLiteral {
    public init() { location = _Location(nil) }
}

@propertyWrapper @dynamicMemberLookup
public struct Binding<Value>: DynamicProperty {
    let get: () -> Value
    let set: (Value) -> Void
    init(_get: @escaping () -> Value, _set: @escaping (Value) -> Void) {
        get = _get
        set = _set
    }
    @preconcurrency
    public init(get: @escaping @MainActor () -> Value, set: @escaping @MainActor (Value) -> Void) {
        self.init(
            _get: { _onMain(get) },
            _set: { value in
                nonisolated(unsafe) let value = value
                _onMain { set(value) }
            })
    }
    public init(projectedValue: Binding<Value>) { self = projectedValue }
    public static func constant(_ value: Value) -> Binding<Value> { Binding(_get: { value }, _set: { _ in }) }
    public var wrappedValue: Value {
        get { get() }
        nonmutating set { set(newValue) }
    }
    public var projectedValue: Binding<Value> { self }
    public subscript<Subject>(dynamicMember keyPath: WritableKeyPath<Value, Subject>) -> Binding<Subject> {
        Binding<Subject>(
            _get: { get()[keyPath: keyPath] },
            _set: {
                var all = get(); all[keyPath: keyPath] = $0; set(all)
            })
    }
    public init?(_ base: Binding<Value?>) {
        guard base.wrappedValue != nil else { return nil }
        self.init(_get: { base.wrappedValue! }, _set: { base.wrappedValue = $0 })
    }
}
extension Binding: @unchecked Sendable where Value: Sendable {}
extension Binding: Identifiable where Value: Identifiable { public var id: Value.ID { wrappedValue.id } }

func _onMain<T>(_ body: @MainActor () -> T) -> T {
    withoutActuallyEscaping(body) { body in
        unsafeBitCast(body, to: (() -> T).self)()
    }
}

@propertyWrapper @dynamicMemberLookup
public struct Bindable<Value> {
    public var wrappedValue: Value
    public var projectedValue: Bindable<Value> { self }
    public init(wrappedValue: Value) where Value: AnyObject & Observable { self.wrappedValue = wrappedValue }
    public init(_ wrappedValue: Value) where Value: AnyObject & Observable { self.wrappedValue = wrappedValue }
    public subscript<Subject>(
        dynamicMember keyPath: ReferenceWritableKeyPath<Value, Subject>
    ) -> Binding<Subject> where Value: AnyObject {
        let object = wrappedValue
        return Binding(_get: { object[keyPath: keyPath] }, _set: { object[keyPath: keyPath] = $0 })
    }
}

@propertyWrapper
public struct FocusState<Value: Hashable>: DynamicProperty, _Linked {
    let location: _Location<Value>
    public init() where Value == Bool { location = _Location(false) }
    public init<T>() where Value == T?, T: Hashable { location = _Location(nil) }
    public var wrappedValue: Value {
        get { location.value }
        nonmutating set { location.value = newValue }
    }
    public var projectedValue: Binding {
        let location = location
        return Binding(base: .init(_get: { location.value }, _set: { location.value = $0 }))
    }
    @propertyWrapper public struct Binding {
        let base: SwiftUI.Binding<Value>
        public var wrappedValue: Value {
            get { base.wrappedValue }
            nonmutating set { base.wrappedValue = newValue }
        }
        public var projectedValue: Binding { self }
    }
    func _link(_ context: _Context, _ key: String) { location.link(context, key) }
}

@propertyWrapper
public struct ScaledMetric<Value: BinaryFloatingPoint>: DynamicProperty {
    public let wrappedValue: Value
    public init(wrappedValue: Value) { self.wrappedValue = wrappedValue }
    public init(wrappedValue: Value, relativeTo: Font.TextStyle) { self.wrappedValue = wrappedValue }
}

/// Kept by the system with the scene; a test hands it on from one `Screen` to the next.
@propertyWrapper
public struct SceneStorage<Value>: DynamicProperty, _Linked {
    let location: _SceneLocation
    let fallback: Value
    let read: (String) -> Value?
    let write: (Value) -> String
    public init(wrappedValue: Value, _ key: String) where Value == String {
        location = _SceneLocation(key)
        fallback = wrappedValue
        read = { $0 }
        write = { $0 }
    }
    public init(wrappedValue: Value, _ key: String) where Value == Bool {
        location = _SceneLocation(key)
        fallback = wrappedValue
        read = { $0 == "true" }
        write = { "\($0)" }
    }
    public init(_ key: String) where Value == Data? {
        location = _SceneLocation(key)
        fallback = nil
        read = { Data(base64Encoded: $0) }
        write = { $0?.base64EncodedString() ?? "" }
    }
    public var wrappedValue: Value {
        get { location.value.flatMap(read) ?? fallback }
        nonmutating set { location.value = write(newValue) }
    }
    public var projectedValue: Binding<Value> { Binding(_get: { wrappedValue }, _set: { wrappedValue = $0 }) }
    func _link(_ context: _Context, _ key: String) { location.host = context.host }
}

final class _SceneLocation: @unchecked Sendable {
    let key: String
    weak var host: _Host?
    init(_ key: String) { self.key = key }
    var value: String? {
        get { _onMain { host?.scene[key] } }
        set {
            _onMain { host?.scene[key] = newValue }
            host?.dirty.set()
        }
    }
}
