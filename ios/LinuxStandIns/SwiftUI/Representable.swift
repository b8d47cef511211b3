/// A controller of UIKit within SwiftUI. The evaluator makes it, once, and a test finds it on the screen by its type.
@MainActor @preconcurrency
public protocol UIViewControllerRepresentable: View where Body == Never {
    associatedtype UIViewControllerType: UIViewController
    associatedtype Coordinator = Void
    typealias Context = UIViewControllerRepresentableContext<Self>
    func makeUIViewController(context: Context) -> UIViewControllerType
    func updateUIViewController(_ uiViewController: UIViewControllerType, context: Context)
    func makeCoordinator() -> Coordinator
    static func dismantleUIViewController(_ uiViewController: UIViewControllerType, coordinator: Coordinator)
}
extension UIViewControllerRepresentable {
    public static func dismantleUIViewController(_ uiViewController: UIViewControllerType, coordinator: Coordinator) {}
}
extension UIViewControllerRepresentable where Coordinator == Void { public func makeCoordinator() {} }

@MainActor @preconcurrency
public struct UIViewControllerRepresentableContext<Representable: UIViewControllerRepresentable> {
    public let coordinator: Representable.Coordinator
    public let environment: EnvironmentValues
}

extension UIViewControllerRepresentable {
    public func _nodes(_ context: _Context) -> [_Node] {
        let place = context.child("\(Self.self)")
        _link(self, place)
        let coordinator = place.host.box(place.path + ".coordinator") { self.makeCoordinator() }
        guard let coordinator = coordinator.value as? Coordinator else { return [] }
        let inside = Context(coordinator: coordinator, environment: context.environment)
        let controller = place.host.box(place.path + ".controller") { self.makeUIViewController(context: inside) }
        guard let controller = controller.value as? UIViewControllerType else { return [] }
        updateUIViewController(controller, context: inside)
        let node = _Node(.controller, "\(UIViewControllerType.self)")
        node.controller = controller
        return [node]
    }
}
