/**
 * The image processor that Transformers takes for a `model_type` whose folder names none
 * (models/auto/image_processing_auto.py).
 */
const modelTypes: Readonly<Record<string, readonly string[]>> = {
  Beit: ['beit', 'data2vec-vision'],
  Bit: ['bit', 'dinov2', 'dinov2_with_registers', 'focalnet', 'hiera'],
  Blip: ['blip', 'blip-2', 'blip_2', 'instructblip'],
  ChineseCLIP: ['chinese_clip'],
  CLIP: [
    ...['clip', 'clip_vision_model', 'aimv2', 'aimv2_vision_model', 'altclip', 'git', 'groupvit'],
    ...['kosmos-2', 'metaclip_2', 'mlcd', 'xclip'],
  ],
  ConvNext: ['convnext', 'convnextv2', 'cvt', 'regnet', 'resnet', 'van'],
  DINOv3ViT: ['dinov3_vit', 'dinov3_convnext'],
  DPT: ['dpt', 'depth_anything'],
  DeiT: ['deit'],
  EfficientFormer: ['efficientformer'],
  EfficientNet: ['align', 'efficientnet'],
  Flava: ['flava'],
  ImageGPT: ['imagegpt'],
  LayoutLMv2: ['layoutlmv2'],
  LayoutLMv3: ['layoutlmv3'],
  Levit: ['levit'],
  MobileNetV1: ['mobilenet_v1'],
  MobileNetV2: ['mobilenet_v2'],
  MobileViT: ['mobilevit', 'mobilevitv2'],
  OwlViT: ['owlvit'],
  Owlv2: ['owlv2'],
  Perceiver: ['perceiver'],
  PoolFormer: ['poolformer'],
  Pvt: ['pvt', 'pvt_v2'],
  Segformer: ['segformer'],
  Siglip: ['siglip', 'siglip_vision_model'],
  Siglip2: ['siglip2'],
  TextNet: ['textnet'],
  ViT: [
    ...['vit', 'clipseg', 'dinat', 'ijepa', 'mgp-str', 'nat', 'swiftformer', 'swin', 'swinv2'],
    ...['vit_mae', 'vit_msn'],
  ],
  ViTHybrid: ['vit_hybrid'],
};

const byModelType = new Map(
  Object.entries(modelTypes).flatMap(([name, types]) => types.map((type) => [type, name] as const)),
);

/** The name of the image processor for a `model_type`, without ImageProcessor; null if unknown. */
export function imageProcessorOfModel(modelType: string): string | null {
  return byModelType.get(modelType) ?? null;
}
