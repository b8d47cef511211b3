import FieldbookCore
@_spi(Host) import SwiftUI
import Testing
import VisionKit

@testable import FieldbookKit

@MainActor
final class ScanFlowTests: FlowTest {
    /// Holds a code before the camera that is open.
    private func show(_ code: String) async throws {
        let scanner = try await app.until("the camera to be open") {
            try app.screen.all.lazy.compactMap { $0.controller as? DataScannerViewController }.first { $0.isScanning }
        }
        scanner._show(code)
    }

    @Test func theOfficesCodeBeforeTheCameraEnrols() async throws {
        app.outdoors.codeCamera(mayBeUsed: true)
        app.open(try app.phone())
        try await app.tap("Quét mã QR")
        try await app.see("Đưa mã vào giữa khung", substring: true)
        try await show(office.code(OfficeRule.liaison))
        try await app.see(OfficeRule.liaison)
        try await app.tap("Đúng, ghi sổ với tên này")
        try await app.tap("Không cần mã PIN")
        try await app.tap("Bắt đầu")
        try await app.see("Tháng này đã xuống 0 trên 3 nơi")
    }

    @Test func anotherCodeSaysSoAndTheDigitsStillWork() async throws {
        app.outdoors.codeCamera(mayBeUsed: true)
        app.open(try app.phone())
        try await app.tap("Quét mã QR")
        try await show("https://example.org/menu")
        try await app.see("Chưa đúng, hãy xem lại", substring: true)
        try await app.see("Mười số")
    }

    @Test func refusedThePermissionTheDigitsAreTheOtherWay() async throws {
        app.outdoors.codeCamera(mayBeUsed: false)
        app.open(try app.phone())
        try await app.tap("Quét mã QR")
        try await app.see("Chưa được phép dùng máy ảnh", substring: true)
        try await app.see("Cho phép dùng máy ảnh")
        try await app.tap("Nhập mười số")
        try await app.see("Mười số")
    }

    @Test func withoutACameraItSaysSo() async throws {
        app.outdoors.noCodeCamera()
        app.open(try app.phone())
        try await app.tap("Quét mã QR")
        try await app.see("Máy ảnh không mở được", substring: true)
    }

    @Test func aCameraThatIsTakenAwaySaysSo() async throws {
        app.outdoors.codeCamera(mayBeUsed: true)
        app.open(try app.phone())
        try await app.tap("Quét mã QR")
        let scanner = try await app.until("the camera to be open") {
            try app.screen.all.lazy.compactMap { $0.controller as? DataScannerViewController }.first
        }
        scanner.delegate?.dataScanner(scanner, becameUnavailableWithError: .cameraRestricted)
        try await app.see("Máy ảnh không mở được", substring: true)
    }
}
