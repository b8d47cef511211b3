package vn.sodiaban.fieldbook.harness

import android.graphics.Bitmap
import androidx.compose.ui.geometry.Rect
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.junit4.ComposeTestRule
import androidx.compose.ui.text.TextLayoutResult
import kotlin.math.pow
import kotlin.math.roundToInt
import vn.sodiaban.fieldbook.ui.MAIN_ACTION

private const val TARGET_DP = 48
private const val MAIN_DP = 56
private const val MIN_CONTRAST = 4.5

/** Everything on the screen that would make it hard to use: no name, too small, clipped, cut inside a word, too pale. */
fun easeFaults(compose: ComposeTestRule, picture: Bitmap): List<String> {
    val density = compose.density.density
    val screen = Rect(0f, 0f, picture.width.toFloat(), picture.height.toFloat())
    fun all(matcher: SemanticsMatcher, unmerged: Boolean = false) =
        compose.onAllNodes(matcher, unmerged).fetchSemanticsNodes()

    val controls = all(SemanticsMatcher("can be used") { SemanticsActions.OnClick in it.config || SemanticsActions.SetText in it.config })
    val targets = controls.flatMap { node ->
        // What is scrolled out of sight has no bounds, but a size.
        val (width, height) = maxOf(node.touchBoundsInRoot.width, node.size.width.toFloat()) to
            maxOf(node.touchBoundsInRoot.height, node.size.height.toFloat())
        val isSmall = minOf(width, height) < TARGET_DP * density - 0.5f && !node.touchBoundsInRoot.isEmpty
        listOfNotNull(
            "no name: ${node.config}".takeIf { name(node).isBlank() },
            "target $width×$height: ${name(node)}".takeIf { isSmall },
        )
    }
    val main = all(hasTestTag(MAIN_ACTION)).flatMap { node ->
        listOfNotNull(
            "main action ${node.size.height} high: ${name(node)}".takeIf { node.size.height < MAIN_DP * density - 0.5f },
            "main action out of reach: ${name(node)}".takeIf { !node.boundsInRoot.overlapsFully(screen) || node.boundsInRoot.isEmpty },
        )
    }
    val texts = all(SemanticsMatcher("has a text layout") { SemanticsActions.GetTextLayoutResult in it.config }, unmerged = true)
    return targets + main + texts.flatMap { node -> textFaults(node, picture, screen) }
}

private fun Rect.overlapsFully(screen: Rect) =
    top >= screen.top && bottom <= screen.bottom + 0.5f && left >= screen.left && right <= screen.right + 0.5f

private fun name(node: SemanticsNode): String = listOfNotNull(
    node.config.getOrNull(SemanticsProperties.ContentDescription)?.joinToString(" "),
    node.config.getOrNull(SemanticsProperties.Text)?.joinToString(" ") { it.text },
).joinToString(" ")

private fun textFaults(node: SemanticsNode, picture: Bitmap, screen: Rect): List<String> {
    val layouts = mutableListOf<TextLayoutResult>()
    node.config.getOrNull(SemanticsActions.GetTextLayoutResult)?.action?.invoke(layouts)
    val layout = layouts.singleOrNull() ?: return emptyList()
    val text = layout.layoutInput.text.text
    val cutAt = (0 until layout.lineCount - 1).map { layout.getLineEnd(it) }.filter {
        it in 1 until text.length && text[it - 1].isLetter() &&
            text[it].isLetter()
    }
    val isWhole = node.boundsInRoot.overlapsFully(screen) && node.boundsInRoot.height >= node.size.height - 1
    val contrast = if (isWhole && text.isNotBlank()) contrast(picture, node.boundsInRoot) else null
    return listOfNotNull(
        "clipped: $text".takeIf { isClipped(node, layout) },
        "cut inside a word: $text".takeIf { cutAt.isNotEmpty() },
        contrast?.takeIf { it < MIN_CONTRAST && !isDisabled(node) }?.let { "contrast %.1f: %s".format(it, text) },
    )
}

/** By the lines themselves: the result's own flags compare with the room offered, not with the room taken. */
private fun isClipped(node: SemanticsNode, layout: TextLayoutResult): Boolean {
    val widest = (0 until layout.lineCount).maxOf { layout.getLineRight(it) - layout.getLineLeft(it) }
    val isCutShort = (0 until layout.lineCount).any(layout::isLineEllipsized)
    return isCutShort || widest > node.size.width + 1 || layout.multiParagraph.height > node.size.height + 1
}

private fun isDisabled(node: SemanticsNode): Boolean =
    generateSequence(node) { it.parent }.any { SemanticsProperties.Disabled in it.config }

/** Between the commonest colour, which is the paper, and the one furthest from it, which is the ink. */
private fun contrast(picture: Bitmap, bounds: Rect): Double {
    val (left, top) = bounds.left.roundToInt().coerceAtLeast(0) to bounds.top.roundToInt().coerceAtLeast(0)
    val width = bounds.width.roundToInt().coerceAtMost(picture.width - left)
    val height = bounds.height.roundToInt().coerceAtMost(picture.height - top)
    val pixels = IntArray(width * height).also { picture.getPixels(it, 0, width, left, top, width, height) }
    val paper = luminance(pixels.asList().groupingBy { it }.eachCount().maxBy { it.value }.key)
    return pixels.maxOf { ratio(luminance(it), paper) }
}

private fun ratio(a: Double, b: Double) = (maxOf(a, b) + 0.05) / (minOf(a, b) + 0.05)

private fun luminance(colour: Int): Double {
    val (r, g, b) = listOf(16, 8, 0).map { (colour shr it and 0xFF) / 255.0 }.map {
        if (it <=
            0.03928
        ) {
            it / 12.92
        } else {
            ((it + 0.055) / 1.055).pow(2.4)
        }
    }
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
