public struct UTType: Hashable, Sendable {
    public let identifier: String
    public init?(_ identifier: String) { self.identifier = identifier }
    private init(known identifier: String) { self.identifier = identifier }
    public static let jpeg = UTType(known: "public.jpeg")
    public static let image = UTType(known: "public.image")
}
