@_exported import Foundation
import UniformTypeIdentifiers

public protocol TransferRepresentation: Sendable {
    associatedtype Item: Transferable
    func _import(_ file: URL) async throws -> Item
}

public protocol Transferable: Sendable {
    associatedtype Representation: TransferRepresentation
    @TransferRepresentationBuilder<Self> static var transferRepresentation: Representation { get }
}

extension Transferable {
    /// What a system's picker hands over, as this type sees it.
    static public func _imported(from file: URL) async throws -> Self? {
        try await transferRepresentation._import(file) as? Self
    }
}

@resultBuilder
public struct TransferRepresentationBuilder<Item: Transferable> {
    public static func buildExpression<R: TransferRepresentation>(_ content: R) -> R where R.Item == Item { content }
    public static func buildBlock<R: TransferRepresentation>(_ content: R) -> R where R.Item == Item { content }
}

public struct ReceivedTransferredFile: Sendable {
    public let file: URL
    public let isOriginalFile: Bool
}

public struct FileRepresentation<Item: Transferable>: TransferRepresentation {
    let importing: @Sendable (ReceivedTransferredFile) async throws -> Item
    public init(
        importedContentType: UTType, shouldAttemptToOpenInPlace: Bool = false,
        importing: @escaping @Sendable (ReceivedTransferredFile) async throws -> Item
    ) {
        self.importing = importing
    }
    public func _import(_ file: URL) async throws -> Item {
        try await importing(ReceivedTransferredFile(file: file, isOriginalFile: false))
    }
}
