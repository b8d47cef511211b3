import CoreImage
import SwiftUI

/// A text as a QR code, black on white with the margin that scanners want.
struct QrCode: View {
    let text: String
    let description: String

    var body: some View {
        if let code = encode(text) {
            Image(uiImage: UIImage(cgImage: code))
                .interpolation(.none)
                .resizable()
                .frame(width: side, height: side)
                .frame(maxWidth: .infinity)
                .accessibilityLabel(description)
        }
    }
}

private let side: CGFloat = 176
/// Modules of white on every side.
private let margin: CGFloat = 4

/// One pixel a module; drawn larger without smoothing.
private func encode(_ text: String) -> CGImage? {
    let what: [String: Any] = ["inputMessage": Data(text.utf8), "inputCorrectionLevel": "M"]
    guard let code = CIFilter(name: "CIQRCodeGenerator", parameters: what)?.outputImage else { return nil }
    let whole = code.extent.insetBy(dx: -margin, dy: -margin)
    return CIContext().createCGImage(code.composited(over: CIImage(color: .white).cropped(to: whole)), from: whole)
}
